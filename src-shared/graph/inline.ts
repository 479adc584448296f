import { constantOp } from './leaves'
import { OPS } from './ops'
import { reachable } from './reachable'
import type { Body, OpDefinition, Tensor } from './types'

/** What a body gives for these operands, appended to their graph. */
export function inlined({ inputs, outputs }: Body, operands: readonly Tensor[]): Tensor[] {
  const [{ graph }] = operands
  const made = new Map(inputs.map((input, at) => [input, operands[at]]))
  const here = (tensor: Tensor): Tensor => {
    const known = made.get(tensor)
    if (known === undefined) throw new Error(`inlined: ${tensor.op} is no input of the body`)
    return known
  }
  for (const tensor of reachable(outputs)) {
    if (!made.has(tensor) && tensor.op !== 'input') made.set(tensor, graph.append(definitionOf(tensor), tensor.inputs.map(here), tensor.attrs))
  }
  return outputs.map(here)
}

function definitionOf({ op }: Tensor): OpDefinition {
  const definition = op === constantOp.name ? (constantOp as unknown as OpDefinition) : OPS.get(op)
  if (definition === undefined) throw new Error(`inlined: ${op} is not of the op set`)
  return definition
}
