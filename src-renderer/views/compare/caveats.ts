import { datasets } from '@shared/catalog/datasets'
import { canonicalJson } from '@shared/lib/canonical-json'
import type { RunView } from '@shared/protocol/views'
import type { RunGroup } from './groups'

/**
 * Why numbers side by side must not be read as if all else were equal: other data; another split of the same, or targets
 * prepared otherwise; the same data split anew by each run's own seed; another loss, whose values are other quantities.
 */
export type Caveat = 'otherData' | 'otherSplit' | 'splitBySeed' | 'otherLoss'

/** What a run was measured on, and what it minimized; as canonical JSON. */
interface Basis {
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

/** What is read of a run's document, which is a normalized one. */
interface Asked {
  readonly dataset?: {
    readonly type?: string
    readonly seed?: number
    readonly split?: { readonly seed?: number; readonly shuffle?: boolean }
    readonly preprocess?: { readonly labelNoise?: number }
  }
  readonly training?: { readonly loss?: unknown }
}

function basisOf({ document, seed, datasetHash }: RunView): Basis {
  const { dataset = {}, training } = (document ?? {}) as Asked
  const { type = '', split = {}, preprocess = {} } = dataset
  const generated = datasets.get(type)?.kind === 'generated'
  const rows = { split, preprocess: { ...preprocess, features: null }, seed: dataset.seed }
  const random = generated || split.shuffle === true || (preprocess.labelNoise ?? 0) > 0
  return {
    // Of generated data, every seed draws other rows of the same kind.
    data: generated ? canonicalJson({ ...dataset, split: null, preprocess: null, seed: null }) : datasetHash,
    split: canonicalJson(rows),
    drawn: canonicalJson(random ? [rows, split.seed ?? seed, generated ? (dataset.seed ?? seed) : null] : [rows]),
    loss: canonicalJson(training?.loss ?? null),
  }
}
