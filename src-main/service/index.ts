export { HostService } from './service'
export { type Desktop, FILES_FOLDER, type ServiceOptions } from './context'
export { interruptRuns, unfinishedRuns } from './run-ending'
