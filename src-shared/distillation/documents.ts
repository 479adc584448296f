import { datasets } from '@shared/catalog/datasets'
import type { DistillationDocument, ExperimentDocument } from '@shared/spec'

export interface StudentSettings extends Pick<DistillationDocument, 'alpha' | 'temperature'> {
  /** Id of the run that teaches, trained or still in training. */
  readonly teacherRun: string
  readonly seed: number
}

/**
 * The same student twice, with a teacher and alone. Both learn the teacher's data, read and split as the teacher's was, so
 * that nobody has seen the rows on which all are compared.
 */
export function studentDocuments(teacher: ExperimentDocument, student: ExperimentDocument, { teacherRun, seed, alpha, temperature }: StudentSettings): { readonly distilled: ExperimentDocument; readonly alone: ExperimentDocument } {
  const { distillation: _, ...training } = student.training
  const alone: ExperimentDocument = { ...student, name: `${student.name} alone`.slice(0, 200), seed, dataset: settledData(teacher), training }
  const distillation = { teacher: { run: teacherRun }, alpha, temperature }
  return { alone, distilled: { ...alone, name: `${student.name} distilled`.slice(0, 200), training: { ...training, distillation } } }
}

/** The data set with its seeds written out, so that it stays the same whatever the document's seed. */
function settledData({ dataset, seed }: ExperimentDocument): ExperimentDocument['dataset'] {
  const settled = { ...dataset, split: { ...dataset.split, seed: dataset.split.seed ?? seed } }
  return datasets.get(dataset.type)?.kind === 'generated' ? ({ ...settled, seed: ('seed' in dataset ? dataset.seed : undefined) ?? seed } as typeof settled) : settled
}
