import type { MemoryEstimate } from '@shared/compile'
import { showBytes } from '@shared/lib/bytes'
import type { Screen } from './screen'
import { TEXT } from './text'

/** An estimate in one line. */
export function describeMemory(screen: Screen, { total, weights, slots, activations, evaluation, data }: MemoryEstimate): string {
  return screen.say(TEXT.memory, {
    total: showBytes(total),
    weights: showBytes(weights),
    slots: showBytes(slots),
    activations: showBytes(activations + evaluation),
    data: showBytes(data),
  })
}
