import type { Tensor } from '@shared/graph'
import { plain } from './emitter'
import type { Emitter } from './emitter'
import type { BlockedForm, Form, Fusion, Lowering } from './lowering'
import { Uses } from './lowering'

/** The ways of lowering to choose from. */
export interface LoweringTable {
  readonly forms: ReadonlyMap<string, Form>
  readonly blockedForms: ReadonlyMap<string, BlockedForm>
  readonly fusions: readonly Fusion[]
}

const LEAVES: ReadonlySet<string> = new Set(['input', 'constant'])

/**
 * Chooses a lowering for every tensor that the outputs need, in graph order. The walk goes from the outputs down, so
 * that what a fusion absorbs is not emitted unless something else needs it.
 */
export function planLowerings(outputs: readonly Tensor[], table: LoweringTable): Lowering[] {
  const uses = new Uses(outputs)
  const needed = new Set<Tensor>(outputs)
  const lowerings: Lowering[] = []
  for (const tensor of uses.live.toReversed()) {
    if (!needed.has(tensor) || LEAVES.has(tensor.op)) continue
    const lowering = choose(tensor, uses, table)
    for (const input of lowering.inputs) {
      if (input.id >= tensor.id) throw new Error(`lowering of ${tensor.op} ${tensor.id} uses the later tensor ${input.id}`)
      needed.add(input)
    }
    lowerings.push(lowering)
  }
  return lowerings.reverse()
}

function choose(tensor: Tensor, uses: Uses, { forms, blockedForms, fusions }: LoweringTable): Lowering {
  for (const fusion of fusions) {
    if (!fusion.ops.includes(tensor.op)) continue
    const found = fusion.match(tensor, uses)
    if (found) return { target: tensor, ...found }
  }
  const form = forms.get(tensor.op)
  if (!form) throw new Error(`the onnx engine has no form of ${tensor.op}`)
  const blockedForm = blockedForms.get(tensor.op)
  return {
    target: tensor,
    inputs: tensor.inputs,
    emit(emitter) {
      const held = emitter.block === null ? null : blockedForm?.emit(emitter, tensor)
      return held ?? plain(form.emit(emitter, tensor))
    },
  }
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
    const { value, layout } = lowering.emit(emitter)
    emitter.bind(lowering.target, value, layout)
  }
}

function constantValue(emitter: Emitter, { attrs, dtype, shape }: Tensor): string {
  const { data } = attrs
  if (!ArrayBuffer.isView(data)) throw new Error('constant without data')
  return emitter.graph.constant(dtype, data, shape)
}
