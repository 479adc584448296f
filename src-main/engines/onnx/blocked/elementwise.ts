import { sameShape, sizeOf } from '@shared/graph'
import type { Tensor } from '@shared/graph'
import { ELEMENTWISE } from '../forms/elementwise'
import type { ElementwiseForm } from '../forms/elementwise'
import { blocked, plain } from '../lowerings/emitter'
import type { Emitter, Held } from '../lowerings/emitter'
import type { BlockedForm } from '../lowerings/lowering'
import { isPerChannel, scaleChannels } from './channels'

/**
 * `node`, or the same of other operands, in the layout of its images: blocked if they are all of one shape, or one beside
 * a number for each channel.
 */
export function emitElementwise(emitter: Emitter, form: ElementwiseForm, node: Tensor, operands: readonly Tensor[]): Held {
  if (!emitter.canBlock(node)) return plain(form.on(emitter, emitter.values(operands)))
  const perChannel = channelOperation(emitter, node.op, operands)
  if (perChannel !== null) return blocked(perChannel)
  const images = operands.filter((operand) => sizeOf(operand.shape) > 1)
  const alike = images.every(({ shape }) => sameShape(shape, node.shape))
  if (!alike || emitter.commonLayout(images) === 'plain') return plain(form.on(emitter, emitter.values(operands)))
  return blocked(form.on(emitter, operands.map((operand) => (images.includes(operand) ? emitter.blocked(operand) : emitter.value(operand)))))
}

/** Blocked images · + − a number for each channel; null where it is something else. */
function channelOperation(emitter: Emitter, op: string, operands: readonly Tensor[]): string | null {
  if (operands.length !== 2) return null
  const [a, b] = operands
  const [images, vector] = isPerChannel(b, a) ? [a, b] : [b, a]
  if (!isPerChannel(vector, images) || emitter.commonLayout([images]) === 'plain') return null
  const channels = images.shape[1]
  if (op === 'mul') return scaleChannels(emitter, emitter.blocked(images), channels, emitter.value(vector), null)
  if (op === 'add') return scaleChannels(emitter, emitter.blocked(images), channels, null, emitter.value(vector))
  if (op === 'sub' && images === a) return scaleChannels(emitter, emitter.blocked(images), channels, null, emitter.node('Neg', [emitter.value(vector)]))
  return null
}

const stopGradient: BlockedForm = {
  op: 'stopGradient',
  emit: (emitter, { inputs: [x] }) => (emitter.commonLayout([x]) === 'blocked' ? blocked(emitter.blocked(x)) : null),
}

export const blockedElementwiseForms: readonly BlockedForm[] = [
  ...ELEMENTWISE.map((form): BlockedForm => ({ op: form.op, emit: (emitter, node) => emitElementwise(emitter, form, node, node.inputs) })),
  stopGradient,
]
