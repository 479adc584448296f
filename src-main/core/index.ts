export { Core, type CoreEvent, type CoreOptions, type StartRequest } from './core'
export { openCore, openHistoryReader, type HostOptions } from './open'
