export { sameData, settledData } from './data'
export { studentDocuments, type StudentSettings } from './documents'
export { compareRoles, pairedGain, ROLES, type ComparedRow, type ComparedRun, type PairedGain, type Role } from './table'
export { TEACHER_LAYER_PATH, TEACHER_PATH, teacherFeature, teacherIssue, teacherPlan } from './teachable'
