import { apply, expectDType, sameShape, sizeOf } from '../define'
import type { OpDefinition, Shape, Tensor } from '../types'
import { ShapeError } from '../types'

export type MatmulAttrs = { readonly transposeA: boolean; readonly transposeB: boolean }

/** Matrix product over the last two axes. */
export const matmulOp: OpDefinition<MatmulAttrs> = {
  name: 'matmul',
  doc: 'Matrix product [..., m, k] · [..., k, n] → [..., m, n], float32, of equal leading axes; transposeA and transposeB swap the last two axes of an operand first.',
  infer([a, b], attrs) {
    expectDType('matmul', a.dtype, 'float32')
    expectDType('matmul', b.dtype, 'float32')
    const { batch, m, n } = dimensions(a.shape, b.shape, attrs)
    return { dtype: 'float32', shape: [...batch, m, n] }
  },
  gradient({ inputs: [a, b], attrs: { transposeA, transposeB } }, dy) {
    return [
      transposeA ? matmul(b, dy, { transposeA: transposeB, transposeB: true }) : matmul(dy, b, { transposeB: !transposeB }),
      transposeB ? matmul(dy, a, { transposeA: true, transposeB: transposeA }) : matmul(a, dy, { transposeA: !transposeA }),
    ]
  },
  evaluate([a, b], attrs, { shape }) {
    const { batch, m, k, n } = dimensions(a.shape, b.shape, attrs)
    const [aRow, aInner] = attrs.transposeA ? [1, m] : [k, 1]
    const [bInner, bColumn] = attrs.transposeB ? [1, k] : [n, 1]
    const result = new Float64Array(sizeOf(shape))
    for (let matrix = 0; matrix < sizeOf(batch); matrix++) {
      for (let row = 0; row < m; row++) {
        for (let column = 0; column < n; column++) {
          let total = 0
          for (let inner = 0; inner < k; inner++) {
            total += a.data[matrix * m * k + row * aRow + inner * aInner] * b.data[matrix * k * n + inner * bInner + column * bColumn]
          }
          result[(matrix * m + row) * n + column] = total
        }
      }
    }
    return result
  },
}

/** Neither operand is transposed unless told. */
export function matmul(a: Tensor, b: Tensor, { transposeA = false, transposeB = false }: Partial<MatmulAttrs> = {}): Tensor {
  return apply(matmulOp, [a, b], { transposeA, transposeB })
}

function dimensions(a: Shape, b: Shape, { transposeA, transposeB }: MatmulAttrs): { batch: Shape; m: number; k: number; n: number } {
  const batch = a.slice(0, -2)
  const [m, k] = matrixExtents(a, transposeA)
  const [innerB, n] = matrixExtents(b, transposeB)
  if (k !== innerB || !sameShape(batch, b.slice(0, -2))) {
    const side = (shape: Shape, transposed: boolean): string => `[${shape.join(', ')}]${transposed ? ' transposed' : ''}`
    throw new ShapeError(`matmul: ${side(a, transposeA)} and ${side(b, transposeB)} do not multiply`)
  }
  return { batch, m, k, n }
}

function matrixExtents(shape: Shape, transposed: boolean): [number, number] {
  if (shape.length < 2) throw new ShapeError(`matmul: needs rank 2 or more, got [${shape.join(', ')}]`)
  const [rows, columns] = shape.slice(-2)
  return transposed ? [columns, rows] : [rows, columns]
}
