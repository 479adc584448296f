import { constantTensor, type Tensor } from '@shared/graph'

/** 0, 1, … as a float32 constant of this shape, in the graph of `beside`. */
export function ramp({ graph }: Tensor, count: number, shape: readonly number[]): Tensor {
  return constantTensor(graph, Float32Array.from({ length: count }, (_, at) => at), shape, 'float32')
}

/** 0, step, 2·step … as an int32 constant of this shape. */
export function integerRamp({ graph }: Tensor, count: number, step: number, shape: readonly number[]): Tensor {
  return constantTensor(graph, Int32Array.from({ length: count }, (_, at) => at * step), shape, 'int32')
}
