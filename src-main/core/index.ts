export { Core, type CoreEvent, type CoreOptions, type StartRequest } from './core'
export { readFindings } from './findings'
export { describeEnd } from './training/process'
export { openCore, openHistoryReader, type HostOptions } from './open'
