import type { Choice } from '@shared/catalog/choice'
import { refuse } from '@shared/spec/issue'
import { python } from '../../python/literal'
import type { Node, TorchContext } from '../context'

/** The node's activation applied to an expression. */
export function activated(node: string, chosen: Choice, x: string): string {
  switch (chosen.type) {
    case 'linear':
      return x
    case 'relu':
    case 'selu':
    case 'silu':
    case 'softplus':
      return `F.${chosen.type}(${x})`
    case 'leakyRelu':
      return `F.leaky_relu(${x}, ${python(Number(chosen.negativeSlope))})`
    case 'elu':
      return `F.elu(${x}, ${python(Number(chosen.alpha))})`
    case 'gelu':
      return chosen.approximate === 'tanh' ? `F.gelu(${x}, approximate="tanh")` : `F.gelu(${x})`
    case 'sigmoid':
    case 'tanh':
      return `torch.${chosen.type}(${x})`
    case 'softmax':
      return `torch.softmax(${x}, dim=-1)`
    default:
      return refuse('export-activation-unsupported', [], { node, activation: chosen.type, format: 'pytorch' })
  }
}

/** What a layer with an `activation` option applies: nothing where the loss does it. */
export function chosenActivation(context: TorchContext, node: Node): Choice {
  const chosen = node.activation as Choice | undefined
  return chosen === undefined || context.logitsOf === node.id ? { type: 'linear' } : chosen
}
