import { buildPlan, type DataShape, type TrainingPlan } from '@shared/compile'
import { scoresShape } from '@shared/catalog/losses'
import { sameShape } from '@shared/graph'
import type { ExperimentDocument } from '@shared/spec'
import { failure, issue, success, type Issue, type Result } from '@shared/spec/issue'
import { sameData } from './data'

/** Where a document names its teacher. */
export const TEACHER_PATH = ['training', 'distillation', 'teacher'] as const

/** The plan of a run that teaches: its model has one score for each class of the data, or else `training-teacher-unfit`. */
export function teacherPlan(run: string, { training, ...document }: ExperimentDocument, data: DataShape): Result<TrainingPlan> {
  const { distillation: _, ...alone } = training
  const plan = buildPlan({ ...document, training: alone }, data)
  const scores = scoresShape(data.target)
  return plan.ok && scores !== null && sameShape(plan.value.model.outputShape, scores) ? success(plan.value) : failure(issue('training-teacher-unfit', TEACHER_PATH, { run }))
}

/** Why the run of `teacher` cannot teach `student`, as far as their documents and the data's shapes tell; null where it can. */
export function teacherIssue(run: string, teacher: ExperimentDocument, student: ExperimentDocument, data: DataShape): Issue | null {
  if (!sameData(teacher, student)) return issue('training-teacher-data', TEACHER_PATH, { run })
  const plan = teacherPlan(run, teacher, data)
  return plan.ok ? null : plan.issues[0]
}
