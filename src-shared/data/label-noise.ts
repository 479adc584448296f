import type { RandomSource } from '@shared/lib/random'
import { refuse } from '@shared/spec/issue'
import type { PreparationPlan } from './prepare'
import type { RawData } from './types'

/** The data with this share of its training labels wrong: each gets any other class with equal chance. */
export function withLabelNoise(raw: RawData, { rows, target }: Pick<PreparationPlan, 'rows' | 'target'>, share: number, random: RandomSource): RawData {
  if (share === 0) return raw
  const { targets } = raw
  if (targets.kind !== 'class' || target.kind !== 'class') return refuse('data-label-noise-values', ['dataset', 'preprocess', 'labelNoise'])
  const labels = Int32Array.from(targets.labels)
  const { classNames, positions = 1 } = targets
  const classes = classNames.length
  for (const row of rows.train) {
    for (let at = row * positions; at < (row + 1) * positions; at++) {
      const [wrong, offset] = [random.uniform() < share, 1 + random.integer(classes - 1)]
      if (wrong) labels[at] = (labels[at] + offset) % classes
    }
  }
  return { ...raw, targets: { ...targets, labels } }
}
