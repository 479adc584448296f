import { apply, expectDType, NO_ATTRS } from '../define'
import type { OpDefinition, Tensor } from '../types'

export type NoAttrs = Readonly<Record<string, never>>

/** An elementwise op float32 → float32. */
export function unaryOp(
  name: string,
  doc: string,
  compute: (x: number) => number,
  gradient: ((node: Tensor, dy: Tensor) => Tensor) | null,
): OpDefinition<NoAttrs> {
  return {
    name,
    doc,
    infer([x]) {
      expectDType(name, x.dtype, 'float32')
      return { dtype: 'float32', shape: x.shape }
    },
    gradient: gradient && ((node, dy) => [gradient(node, dy)]),
    evaluate: ([x]) => x.data.map(compute),
  }
}

export function applyUnary(definition: OpDefinition<NoAttrs>, x: Tensor): Tensor {
  return apply(definition, [x], NO_ATTRS)
}
