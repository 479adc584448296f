export { importBundle, type ImportOptions } from './import'
export { writeBundle } from './write'
