export { HostService } from './service'
export { type Dialogs, FILES_FOLDER, type ServiceOptions } from './context'
export { activeRuns, interruptRuns } from './run-ending'
