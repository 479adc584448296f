import type { DistillationDocument, ExperimentDocument } from '@shared/spec'
import { settledData } from './data'

/** How the student is taught; a run that teaches may still be in training. */
export interface StudentSettings extends DistillationDocument {
  readonly seed: number
}

/**
 * The same student twice, with a teacher and alone. Both learn the data of `source`, read and split alike: the teacher's, so
 * that nobody has seen the rows on which all are compared, or of a file that teaches the student's own. Both tell their accuracy.
 */
export function studentDocuments(source: ExperimentDocument, student: ExperimentDocument, { seed, ...distillation }: StudentSettings): { readonly distilled: ExperimentDocument; readonly alone: ExperimentDocument } {
  const { distillation: _, ...own } = student.training
  const training: ExperimentDocument['training'] = own.metrics.some(({ type }) => type === 'accuracy') ? own : { ...own, metrics: [...own.metrics, { type: 'accuracy' }] }
  const alone: ExperimentDocument = { ...student, name: `${student.name} alone`.slice(0, 200), seed, dataset: settledData(source), training }
  return { alone, distilled: { ...alone, name: `${student.name} distilled`.slice(0, 200), training: { ...training, distillation } } }
}
