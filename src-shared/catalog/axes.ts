import { reduceMean, reduceSum, reshape, sizeOf, type Tensor } from '@shared/graph'

/** Every axis: reductions over them give a scalar. */
export function allAxes(x: Tensor): number[] {
  return x.shape.map((_, axis) => axis)
}

/** Every axis but the batch: reductions over them give one value per sample, `[batch]`. */
export function sampleAxes(x: Tensor): number[] {
  return allAxes(x).slice(1)
}

export function sumAll(x: Tensor): Tensor {
  return reduceSum(x, { axes: allAxes(x), keepDims: false })
}

/** Mean over each sample's elements, `[batch]`. */
export function sampleMean(x: Tensor): Tensor {
  if (sizeOf(x.shape.slice(1)) === 1) return reshape(x, [x.shape[0]])
  return reduceMean(x, { axes: sampleAxes(x), keepDims: false })
}
