import { buildPlan, matchableLayers, type DataShape, type TrainingPlan } from '@shared/compile'
import { scoresShape } from '@shared/catalog/losses'
import { sameShape, type Shape } from '@shared/graph'
import type { ExperimentDocument } from '@shared/spec'
import { failure, issue, success, type Issue, type Result } from '@shared/spec/issue'
import { sameData } from './data'

/** Where a document names its teacher. */
export const TEACHER_PATH = ['training', 'distillation', 'teacher'] as const
/** Where it names the teacher's layer that is matched. */
export const TEACHER_LAYER_PATH = ['training', 'distillation', 'feature', 'teacher'] as const

/** The plan of a run that teaches: its model has one score for each class of the data, or else `training-teacher-unfit`. */
export function teacherPlan(run: string, { training, ...document }: ExperimentDocument, { sample, target }: DataShape): Result<TrainingPlan> {
  const { distillation: _, ...alone } = training
  const plan = buildPlan({ ...document, training: alone }, { sample, target })
  const scores = scoresShape(target)
  return plan.ok && scores !== null && sameShape(plan.value.model.outputShape, scores) ? success(plan.value) : failure(issue('training-teacher-unfit', TEACHER_PATH, { run }))
}

/** What a layer of the run that teaches gives for a sample, or `training-feature-teacher`. */
export function teacherFeature(run: string, { model }: TrainingPlan, layer: string): Result<Shape> {
  const layers = matchableLayers(model)
  const found = layers.find(({ node }) => node.id === layer)
  return found === undefined ? failure(issue('training-feature-teacher', TEACHER_LAYER_PATH, { teacher: run, layer, known: layers.map(({ node }) => node.id).join(', ') })) : success(found.shape)
}

/** Why the run of `teacher` cannot teach `student`, as far as their documents and the data's shapes tell; null where it can. */
export function teacherIssue(run: string, teacher: ExperimentDocument, student: ExperimentDocument, data: DataShape): Issue | null {
  if (!sameData(teacher, student)) return issue('training-teacher-data', TEACHER_PATH, { run })
  const plan = teacherPlan(run, teacher, data)
  return plan.ok ? null : plan.issues[0]
}
