import type { ResolvedOptimizer } from '@shared/catalog/optimizers'
import { bowl } from '@shared/catalog/surfaces/bowl'
import { Racer } from './racer'

/** Updates over which two settings are compared; the rate drops to a tenth after half of them where a drop is asked for. */
export const COMPARED_UPDATES = 100

/**
 * How far two settings part on x²/20 + y² from (−7, 2): the largest distance between their points after the same update,
 * as a share of the way from the start to the minimum. Infinity where one of them diverges and the other does not.
 */
export function apart(a: ResolvedOptimizer, b: ResolvedOptimizer, { drop = false }: { readonly drop?: boolean } = {}): number {
  const [first, second] = [a, b].map((optimizer) => {
    const rate = (step: number): number => optimizer.learningRate * (drop && step >= COMPARED_UPDATES / 2 ? 0.1 : 1)
    return new Racer(bowl, { optimizer, rate, start: bowl.start }).runTo(COMPARED_UPDATES)
  })
  if (first.divergedAt !== second.divergedAt) return Infinity
  const distances = first.x.map((x, step) => Math.hypot(x - second.x[step], first.y[step] - second.y[step]))
  return Math.max(0, ...distances) / Math.hypot(...bowl.start)
}
