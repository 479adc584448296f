import { buildPlan, type DataShape, type TrainingPlan } from '@shared/compile'
import type { ExperimentDocument } from '@shared/spec'
import { failure, issue, success, type Issue, type Result } from '@shared/spec/issue'
import { sameData } from './data'

/** Where a document names its teacher. */
export const TEACHER_PATH = ['training', 'distillation', 'teacher'] as const

/** The plan of a run that teaches: its model has one score for each class of the data, or else `training-teacher-unfit`. */
export function teacherPlan(run: string, { training, ...document }: ExperimentDocument, data: DataShape): Result<TrainingPlan> {
  const { distillation: _, ...alone } = training
  const plan = buildPlan({ ...document, training: alone }, data)
  const shape = plan.ok ? plan.value.model.outputShape : []
  const scores = data.target.kind === 'class' && shape.length === 1 && shape[0] === data.target.classes
  return plan.ok && scores ? success(plan.value) : failure(issue('training-teacher-unfit', TEACHER_PATH, { run }))
}

/** Why the run of `teacher` cannot teach `student`, as far as their documents and the data's shapes tell; null where it can. */
export function teacherIssue(run: string, teacher: ExperimentDocument, student: ExperimentDocument, data: DataShape): Issue | null {
  if (!sameData(teacher, student)) return issue('training-teacher-data', TEACHER_PATH, { run })
  const plan = teacherPlan(run, teacher, data)
  return plan.ok ? null : plan.issues[0]
}
