import type { Tensor } from '@shared/graph'
import type { Emitter } from './emitter'
import type { Form, Fusion, Lowering } from './lowering'
import { Uses } from './lowering'

const LEAVES: ReadonlySet<string> = new Set(['input', 'constant'])

/**
 * Chooses a lowering for every tensor that the outputs need, in graph order. The walk goes from the outputs down, so
 * that what a fusion absorbs is not emitted unless something else needs it.
 */
export function planLowerings(outputs: readonly Tensor[], forms: ReadonlyMap<string, Form>, fusions: readonly Fusion[]): Lowering[] {
  const uses = new Uses(outputs)
  const needed = new Set<Tensor>(outputs)
  const lowerings: Lowering[] = []
  for (const tensor of uses.live.toReversed()) {
    if (!needed.has(tensor) || LEAVES.has(tensor.op)) continue
    const lowering = choose(tensor, uses, forms, fusions)
    for (const input of lowering.inputs) {
      if (input.id >= tensor.id) throw new Error(`lowering of ${tensor.op} ${tensor.id} uses the later tensor ${input.id}`)
      needed.add(input)
    }
    lowerings.push(lowering)
  }
  return lowerings.reverse()
}

function choose(tensor: Tensor, uses: Uses, forms: ReadonlyMap<string, Form>, fusions: readonly Fusion[]): Lowering {
  for (const fusion of fusions) {
    if (!fusion.ops.includes(tensor.op)) continue
    const found = fusion.match(tensor, uses)
    if (found) return { target: tensor, ...found }
  }
  const form = forms.get(tensor.op)
  if (!form) throw new Error(`the onnx engine has no form of ${tensor.op}`)
  return { target: tensor, inputs: tensor.inputs, emit: (emitter) => form.emit(emitter, tensor) }
}

/** Appends the nodes of all lowerings. Graph inputs must be bound before; constants are made here. */
export function emitLowerings(emitter: Emitter, lowerings: readonly Lowering[], outputs: readonly Tensor[]): void {
  const emitConstants = (tensors: readonly Tensor[]): void => {
    for (const tensor of tensors) if (tensor.op === 'constant' && !emitter.has(tensor)) emitter.bind(tensor, constantValue(emitter, tensor))
  }
  emitConstants(outputs)
  for (const lowering of lowerings) {
    emitConstants(lowering.inputs)
    emitter.describe(lowering.target)
    emitter.bind(lowering.target, lowering.emit(emitter))
  }
}

function constantValue(emitter: Emitter, { attrs, dtype, shape }: Tensor): string {
  const { data } = attrs
  if (!ArrayBuffer.isView(data)) throw new Error('constant without data')
  return emitter.graph.constant(dtype, data, shape)
}
