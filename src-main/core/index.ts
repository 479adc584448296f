export { Core, type CoreEvent, type CoreOptions, type StartRequest } from './core'
export { readFindings } from './findings'
export { openCore, openHistoryReader, type HostOptions } from './open'
