import { datasets } from '@shared/catalog/datasets'
import { canonicalJson } from '@shared/lib/canonical-json'
import type { ExperimentDocument } from '@shared/spec'

/** The data set with its seeds written out, so that it stays the same whatever the document's seed. */
export function settledData({ dataset, seed }: Pick<ExperimentDocument, 'dataset' | 'seed'>): ExperimentDocument['dataset'] {
  const settled = { ...dataset, split: { ...dataset.split, seed: dataset.split.seed ?? seed } }
  return datasets.get(dataset.type)?.kind === 'generated' ? ({ ...settled, seed: ('seed' in dataset ? dataset.seed : undefined) ?? seed } as typeof settled) : settled
}

/** Whether both have the same rows, scaled alike, and of them the same for training. */
export function sameData(one: Pick<ExperimentDocument, 'dataset' | 'seed'>, other: Pick<ExperimentDocument, 'dataset' | 'seed'>): boolean {
  return canonicalJson(settledData(one)) === canonicalJson(settledData(other))
}
