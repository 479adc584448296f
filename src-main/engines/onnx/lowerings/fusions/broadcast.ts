import { broadcastShapes, sameShape } from '@shared/graph'
import type { Shape, Tensor } from '@shared/graph'
import { emitElementwise } from '../../blocked/elementwise'
import { ELEMENTWISE } from '../../forms/elementwise'
import type { Fusion } from '../lowering'

/** Elementwise ops spread their operands themselves, so a broadcastTo before them is left out where the rest has the
 *  result's shape anyway. */
export const absorbedBroadcast: Fusion = {
  name: 'absorbedBroadcast',
  ops: ELEMENTWISE.map(({ op }) => op),
  match(node) {
    const form = ELEMENTWISE.find(({ op }) => op === node.op)
    const inputs = withoutBroadcasts(node)
    if (form === undefined || inputs.every((input, at) => input === node.inputs[at])) return null
    return { inputs, emit: (emitter) => emitElementwise(emitter, form, node, inputs) }
  },
}

function withoutBroadcasts(node: Tensor): Tensor[] {
  const inputs = [...node.inputs]
  for (const [at, input] of inputs.entries()) {
    if (input.op !== 'broadcastTo') continue
    const shapes = inputs.with(at, input.inputs[0]).map(({ shape }) => shape)
    if (sameShape(joint(shapes), node.shape)) inputs[at] = input.inputs[0]
  }
  return inputs
}

function joint(shapes: readonly Shape[]): Shape {
  return shapes.reduce((all, shape) => broadcastShapes('broadcastTo', all, shape))
}
