import { sizeOf, type Shape } from '@shared/graph'
import type { KerasContext } from '../context'
import type { KerasWeight } from '../model'

/*
 * TensorFlow.js has no layer that adds or multiplies by constants, and none that turns or negates. Batch and dense layers
 * with fixed weights do these exactly. Shapes here are those of TensorFlow.js: images channels last.
 */

/** Statistics that change nothing: a batch normalization with them and epsilon 0 is γx + β. */
export function still(context: KerasContext, channels: number): KerasWeight[] {
  return [context.constant('moving_mean', [channels], 0), context.constant('moving_variance', [channels], 1)]
}

/** γ ⊙ x + β along the last axis of `extent` elements, with the weights that are given. */
export function scaled(context: KerasContext, wish: string, input: string, extent: number, weights: readonly KerasWeight[]): string {
  const has = (name: string): boolean => weights.some((weight) => weight.name === name)
  const config = { epsilon: 0, ...(has('beta') ? {} : { center: false }), ...(has('gamma') ? {} : { scale: false }) }
  return context.layer(wish, [input], 'BatchNormalization', config, { weights: [...weights, ...still(context, extent)] })
}

/** −x. */
export function negative(context: KerasContext, wish: string, input: string, extent: number): string {
  return scaled(context, wish, input, extent, [context.constant('gamma', [extent], -1)])
}

/** γ ⊙ x + β with one γ or β for every element of a sample of `shape`. */
export function scaledEach(context: KerasContext, wish: string, input: string, shape: Shape, weights: readonly KerasWeight[]): string {
  if (shape.length === 1) return scaled(context, wish, input, shape[0], weights)
  const flat = context.layer(`${wish}_flat`, [input], 'Flatten', {})
  return context.layer(`${wish}_shape`, [scaled(context, wish, flat, sizeOf(shape), weights)], 'Reshape', { target_shape: shape })
}

/** The same values for every sample: a dense layer that takes no notice of its input, a sample of `inputSize` elements. */
export function sameForAll(context: KerasContext, wish: string, input: string, inputSize: number, values: Float32Array, shape: Shape): string {
  const flat = context.layer(`${wish}_flat`, [input], 'Flatten', {})
  const zero = context.layer(`${wish}_zero`, [flat], 'Dense', { units: 1, use_bias: false }, { weights: [context.constant('kernel', [inputSize, 1], 0)] })
  const weights = [context.constant('kernel', [1, values.length], 0), context.values('bias', [values.length], values)]
  return context.layer(`${wish}_shape`, [context.layer(wish, [zero], 'Dense', { units: values.length }, { weights })], 'Reshape', { target_shape: shape })
}

/** The steps of a sequence from the last to the first. */
export function turned(context: KerasContext, wish: string, input: string, steps: number): string {
  const last = Float32Array.from({ length: steps * steps }, (_, at) => (Math.floor(at / steps) + (at % steps) === steps - 1 ? 1 : 0))
  const features = context.layer(`${wish}_features`, [input], 'Permute', { dims: [2, 1] })
  const reversed = context.layer(wish, [features], 'Dense', { units: steps, use_bias: false }, { weights: [context.values('kernel', [steps, steps], last)] })
  return context.layer(`${wish}_steps`, [reversed], 'Permute', { dims: [2, 1] })
}
