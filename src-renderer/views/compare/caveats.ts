import { datasets } from '@shared/catalog/datasets'
import { settledData } from '@shared/distillation/data'
import { canonicalJson } from '@shared/lib/canonical-json'
import type { RunView } from '@shared/protocol/views'
import { parseDocument, type ExperimentDocument } from '@shared/spec'
import type { RunGroup } from './groups'

/**
 * Why numbers side by side must not be read as if all else were equal: other data; another split of the same, or targets
 * prepared otherwise; the same data split anew by each run's own seed; another loss, whose values are other quantities.
 */
export type Caveat = 'otherData' | 'otherSplit' | 'splitBySeed' | 'otherLoss'

/** What a run was measured on, and what it minimized; as canonical JSON. */
interface Basis {
  readonly seed: number
  readonly data: string
  /** As the document has it. */
  readonly split: string
  /** With the seeds that drew it. */
  readonly drawn: string
  readonly loss: string
}

/** What keeps these groups' results from being compared as they stand. Features that are scaled otherwise do not: that is what one compares. */
export function caveatsOf(groups: readonly Pick<RunGroup, 'runs'>[]): readonly Caveat[] {
  const bases = groups.flatMap(({ runs }) => runs.filter(isPrepared).map(basisOf))
  const differ = (of: (basis: Basis) => unknown): boolean => new Set(bases.map(of)).size > 1
  const caveats: Caveat[] = []
  if (differ(({ data }) => data)) caveats.push('otherData')
  else if (differ(({ split }) => split)) caveats.push('otherSplit')
  else if (differ(({ drawn }) => drawn) && new Set(groups.map(seedsOf)).size > 1) caveats.push('splitBySeed')
  if (differ(({ loss }) => loss)) caveats.push('otherLoss')
  return caveats
}

/** Whether values of a metric are the same quantity in all runs, so that one of them can be the best. */
export function isComparable(key: string, caveats: readonly Caveat[]): boolean {
  return !caveats.includes('otherData') && !(caveats.includes('otherLoss') && /(?:^|\.)loss$/.test(key))
}

/** Before that it is not known what it will be measured on. */
function isPrepared({ datasetHash }: RunView): boolean {
  return datasetHash !== ''
}

function seedsOf({ runs }: Pick<RunGroup, 'runs'>): string {
  return [...new Set(runs.map(({ seed }) => seed))].sort((a, b) => a - b).join(' ')
}

function basisOf({ document, seed, datasetHash }: RunView): Basis {
  const parsed = parseDocument(document)
  // Written by another version: its data are known all the same.
  if (!parsed.ok) return { seed, data: datasetHash, split: '', drawn: '', loss: '' }
  const { dataset, training } = parsed.value
  const generated = datasets.get(dataset.type)?.kind === 'generated'
  const random = generated || dataset.split.shuffle || (dataset.preprocess.labelNoise ?? 0) > 0
  return {
    seed,
    // Of generated data, every seed draws other rows of the same kind.
    data: generated ? canonicalJson({ ...dataset, split: null, preprocess: null, seed: null }) : datasetHash,
    split: canonicalJson(rowsOf(dataset)),
    drawn: canonicalJson(rowsOf(random ? settledData({ dataset, seed }) : dataset)),
    loss: canonicalJson(training.loss),
  }
}

/** What decides which rows there are on either side, and what is asked of them. */
function rowsOf(dataset: ExperimentDocument['dataset']): object {
  return { split: dataset.split, preprocess: { ...dataset.preprocess, features: null }, seed: 'seed' in dataset ? dataset.seed : null }
}
