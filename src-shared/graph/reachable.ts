import type { Tensor } from './types'

/** The tensors that `outputs` need, themselves included, in topological order (by id). */
export function reachable(outputs: readonly Tensor[]): Tensor[] {
  const found = new Set<Tensor>(outputs)
  for (const tensor of found) for (const input of tensor.inputs) found.add(input)
  return [...found].sort((a, b) => a.id - b.id)
}
