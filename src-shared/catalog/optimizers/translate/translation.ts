import type { Text } from '../../definition'
import type { Choice } from '../../choice'
import type { Hyperparameters } from '../optimizer'
import type { DifferenceCode } from './differences'

/** One way in which the best settings of the other dialect still move otherwise. */
export interface Difference {
  readonly code: DifferenceCode
  readonly text: Text
}

/**
 * An optimizer in another dialect:
 * - `absent`: the optimizer does not have that dialect.
 * - `settings`: a document with nothing left open. `exact` says when it moves the weights alike: `always`, whatever the
 *   schedule; `constantRate`, only while the rate does not change; `never`, and it is merely the closest. Every rate of
 *   the schedule and warm-up is to be multiplied by `rateFactor`, as the document's learning rate has been.
 */
export type Translation =
  | { readonly kind: 'absent'; readonly text: Text }
  | {
      readonly kind: 'settings'
      readonly document: Choice
      readonly exact: 'always' | 'constantRate' | 'never'
      readonly rateFactor: number
      readonly differences: readonly Difference[]
    }

/** What a family of optimizers says of a translation; weight decay is settled beside it. */
export interface Counterpart {
  /** Options of the other dialect; those that it does not know are left out. */
  readonly options: Hyperparameters
  /** 1 when absent. */
  readonly rateFactor?: number
  readonly differences: readonly DifferenceCode[]
}
