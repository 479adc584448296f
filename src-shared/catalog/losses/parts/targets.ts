import { cast, oneHot, reshape, sameShape, sizeOf, type Shape, type Tensor } from '@shared/graph'
import type { TargetInfo } from '../loss'

/** What `check` of losses and metrics returns. */
export type Misfit = { readonly code: string; readonly args: Readonly<Record<string, string | number>> } | null

export function shown(shape: Shape): string {
  return `[${shape.join(', ')}]`
}

/**
 * Whether every output has a value to be compared with: value targets of the output's shape, or class labels, which
 * then stand as one-hot rows (one output per class) or as 0 and 1 (one output, two classes).
 */
export function valuesMisfit(target: TargetInfo, outputShape: Shape): Misfit {
  const outputs = sizeOf(outputShape)
  if (target.kind === 'value') {
    const fits = sameShape(target.shape, outputShape) || (outputs === 1 && sizeOf(target.shape) === 1)
    return fits ? null : { code: 'loss-output-shape', args: { output: shown(outputShape), target: shown(target.shape), size: sizeOf(target.shape) } }
  }
  if (outputs === target.classes || (outputs === 1 && target.classes === 2)) return null
  return { code: 'loss-output-classes', args: { outputs, classes: target.classes } }
}

/** The target as float32 of the output's shape; see {@link valuesMisfit}. */
export function targetValues(output: Tensor, target: Tensor, info: TargetInfo): Tensor {
  const values = info.kind === 'value' || sizeOf(output.shape) === output.shape[0] ? cast(target, 'float32') : oneHot(target, info.classes)
  return sameShape(values.shape, output.shape) ? values : reshape(values, output.shape)
}
