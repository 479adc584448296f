import type { Attrs, DType, OpDefinition, Shape, Tensor } from './types'
import { ShapeError } from './types'

/** A float32 scalar may be written as a plain number wherever a tensor of the same graph stands beside it. */
export type Operand = Tensor | number

/** Appends `definition` to the graph that its first operand belongs to. */
export function apply<A extends Attrs>(definition: OpDefinition<A>, inputs: readonly Tensor[], attrs: A): Tensor {
  if (inputs.length === 0) throw new ShapeError(`${definition.name}: needs an operand`)
  return inputs[0].graph.append(definition as unknown as OpDefinition, inputs, attrs)
}

export const NO_ATTRS: Readonly<Record<string, never>> = {}

/** Extents multiplied; 1 for a scalar. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, extent) => product * extent, 1)
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis])
}

/** NumPy's rule: align from the right, extents equal or 1. */
export function broadcastShapes(op: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1
    const right = b[axis - rank + b.length] ?? 1
    if (left !== right && left !== 1 && right !== 1) {
      throw new ShapeError(`${op}: [${a.join(', ')}] and [${b.join(', ')}] do not broadcast`)
    }
    return left === 1 ? right : left
  })
}

export function expectDType(op: string, found: DType, ...allowed: readonly DType[]): void {
  if (!allowed.includes(found)) throw new ShapeError(`${op}: needs ${allowed.join(' or ')}, got ${found}`)
}

/** Element strides of a row-major tensor. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length)
  let step = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step
    step *= shape[axis]
  }
  return strides
}
