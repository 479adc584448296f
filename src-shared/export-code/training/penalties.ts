import type { TrainingPlan } from '@shared/compile'

/** l1·Σ|w| + l2·Σw², added to the objective. */
export interface Penalty {
  readonly l1: number
  readonly l2: number
}

const NONE: Penalty = { l1: 0, l2: 0 }

/** By full name of the weight: its layer's own penalty and the global one added up. */
export function penaltiesOf({ layout, regularization }: TrainingPlan): ReadonlyMap<string, Penalty> {
  const penalties = new Map<string, Penalty>()
  for (const { fullName, role, regularizer } of layout.weights) {
    const chosen = [regularizer, role === 'kernel' ? (regularization ?? undefined) : undefined]
    const total = chosen.map(penaltyOf).reduce((sum, each) => ({ l1: sum.l1 + each.l1, l2: sum.l2 + each.l2 }))
    if (total.l1 !== 0 || total.l2 !== 0) penalties.set(fullName, total)
  }
  return penalties
}

/** A regularizer that is no sum of absolute and squared weights is a bug here: this list follows the catalog's. */
export function penaltyOf(chosen: { readonly type: string; readonly [option: string]: unknown } | undefined): Penalty {
  if (chosen === undefined) return NONE
  const number = (name: string): number => (typeof chosen[name] === 'number' ? chosen[name] : 0)
  const half = chosen.convention === 'half' ? 0.5 : 1
  switch (chosen.type) {
    case 'l1':
      return { l1: number('factor'), l2: 0 }
    case 'l2':
      return { l1: 0, l2: number('factor') * half }
    case 'l1l2':
      return { l1: number('l1'), l2: number('l2') * half }
    default:
      throw new Error(`no Python form of the regularizer ${chosen.type}`)
  }
}
