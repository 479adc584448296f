import type { StateEntry } from '@shared/compile'
import type { InputAttrs, Values } from '@shared/graph'

/**
 * A program's state for the float64 interpreter, under the names of its placeholders: an entry may be read under another
 * name than the placeholder's, as averaged weights are in the place of the trained ones. What `state` lacks is empty.
 */
export function stateFeeds(entries: readonly StateEntry[], state: ReadonlyMap<string, ArrayLike<number>>): Map<string, Values> {
  return new Map(entries.map(({ name, shape, tensor }) => [(tensor.attrs as InputAttrs).name, { shape, data: Float64Array.from(state.get(name) ?? []) }]))
}
