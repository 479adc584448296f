import type { Shape } from '@shared/graph'
import { reorderedGates } from '../../keras/layers/recurrent'
import { transposed } from '../../keras/layout'
import type { PythonValue } from '../../python/literal'
import type { Node, TorchContext, TorchValue } from '../context'
import { RESET_BEFORE } from '../helpers'

/** Modules, and where each of PyTorch's gates stands among ours. */
const MODULES: Readonly<Record<string, { readonly className: string; readonly order: readonly number[] }>> = {
  simpleRnn: { className: 'nn.RNN', order: [0] },
  lstm: { className: 'nn.LSTM', order: [0, 1, 3, 2] },
  gru: { className: 'nn.GRU', order: [1, 0, 2] },
}

export function recurrent(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const resetBefore = node.type === 'gru' && node.resetAfter !== true
  if (resetBefore) context.helpers.add(RESET_BEFORE)
  const { className, order } = resetBefore ? { ...MODULES.gru, className: RESET_BEFORE } : MODULES[node.type]
  const both = node.bidirectional === true
  const options: Record<string, PythonValue> = {
    batch_first: true,
    ...(both ? { bidirectional: true } : {}),
    ...(node.useBias === true ? {} : { bias: false }),
    ...(node.activation === 'relu' ? { nonlinearity: 'relu' } : {}),
  }
  const member = context.member(context.identifier(node), className, [input.shape[1], Number(node.units)], options)
  declare(context, node, member, input.shape[1], order, '')
  if (both) declare(context, node, member, input.shape[1], order, 'backward')
  const run = `${member}(${input.name})`
  if (node.returnSequences === true) return context.assign(node, `${run}[0]`, shape)
  if (!both) return context.assign(node, `${run}[0][:, -1]`, shape)
  const last = node.type === 'lstm' ? `${run}[1][0]` : `${run}[1]`
  return context.assign(node, `torch.cat(list(${last}), dim=-1)`, shape)
}

function declare(context: TorchContext, node: Node, member: string, features: number, order: readonly number[], prefix: '' | 'backward'): void {
  const units = Number(node.units)
  const width = units * order.length
  const named = (name: string): string => (prefix === '' ? name : `${prefix}${name[0].toUpperCase()}${name.slice(1)}`)
  const suffix = prefix === '' ? 'l0' : 'l0_reverse'
  const ordered = (values: Float32Array): Float32Array => reorderedGates(values, units, order)
  context.weight(member, `weight_ih_${suffix}`, node, named('kernel'), [width, features], (values) => transposed(ordered(values), [features, width], [1, 0]))
  context.weight(member, `weight_hh_${suffix}`, node, named('recurrentKernel'), [width, units], (values) => transposed(ordered(values), [units, width], [1, 0]))
  if (node.useBias !== true) return
  context.weight(member, `bias_ih_${suffix}`, node, named('bias'), [width], ordered)
  if (node.unitForgetBias === true) context.starts.push(`nn.init.ones_(${member}.bias_ih_${suffix}.data[${String(units)}:${String(2 * units)}])`)
  if (node.type === 'gru' && node.resetAfter !== true) return
  if (node.type === 'gru') return context.weight(member, `bias_hh_${suffix}`, node, named('recurrentBias'), [width], ordered)
  // The document has one bias; PyTorch adds a second.
  context.starts.push(`nn.init.zeros_(${member}.bias_hh_${suffix})`)
  context.constant(member, `bias_hh_${suffix}`, 0, [width])
}
