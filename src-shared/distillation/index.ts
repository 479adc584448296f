export { studentDocuments, type StudentSettings } from './documents'
export { compareRoles, type ComparedRow, type ComparedRun, type Role } from './table'
