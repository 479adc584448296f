import type { DistillationDocument, ExperimentDocument } from '@shared/spec'
import { settledData } from './data'

export interface StudentSettings extends Pick<DistillationDocument, 'alpha' | 'temperature'> {
  /** Id of the run that teaches, trained or still in training. */
  readonly teacherRun: string
  readonly seed: number
}

/**
 * The same student twice, with a teacher and alone. Both learn the teacher's data, read and split as the teacher's was, so
 * that nobody has seen the rows on which all are compared; both tell their accuracy.
 */
export function studentDocuments(teacher: ExperimentDocument, student: ExperimentDocument, { teacherRun, seed, alpha, temperature }: StudentSettings): { readonly distilled: ExperimentDocument; readonly alone: ExperimentDocument } {
  const { distillation: _, ...own } = student.training
  const training: ExperimentDocument['training'] = own.metrics.some(({ type }) => type === 'accuracy') ? own : { ...own, metrics: [...own.metrics, { type: 'accuracy' }] }
  const alone: ExperimentDocument = { ...student, name: `${student.name} alone`.slice(0, 200), seed, dataset: settledData(teacher), training }
  const distillation = { teacher: { run: teacherRun }, alpha, temperature }
  return { alone, distilled: { ...alone, name: `${student.name} distilled`.slice(0, 200), training: { ...training, distillation } } }
}
