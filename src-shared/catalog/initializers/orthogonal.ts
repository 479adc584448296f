import { z } from 'zod'
import { field } from '../definition'
import { defineInitializer } from './initializer'
import { orthonormalRows } from './parts/orthonormal'

export const orthogonal = defineInitializer({
  type: 'orthogonal',
  options: z.object({
    gain: field(z.number().default(1), {
      en: 'Factor on the orthogonal matrix; √2 suits ReLU.',
      'zh-CN': '正交矩阵的缩放系数；配合 ReLU 时可取 √2。',
      symbol: 'g',
    }),
  }),
  title: { en: 'Orthogonal', 'zh-CN': '正交' },
  help: {
    en: 'A random matrix with orthonormal rows or columns, whichever are fewer, which keeps the length of signals in deep networks. The first axis counts the rows, all others together the columns.',
    'zh-CN': '行或列（取较少者）标准正交的随机矩阵，可在深层网络中保持信号的长度。第一轴为行，其余各轴合并为列。',
  },
  formula: String.raw`W = g\,Q, \quad Q Q^\top = I \ \text{or}\ Q^\top Q = I`,
  source: 'Saxe, McClelland & Ganguli, Exact Solutions to the Nonlinear Dynamics of Learning in Deep Linear Neural Networks, ICLR 2014',
  fill: ({ shape, random }, { gain }) => {
    const rows = shape[0] ?? 1
    const columns = shape.slice(1).reduce((product, extent) => product * extent, 1)
    const transposed = rows > columns
    const few = Math.min(rows, columns)
    const many = Math.max(rows, columns)
    const basis = orthonormalRows(few, many, random)
    const values = new Float32Array(rows * columns)
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        values[row * columns + column] = gain * basis[transposed ? column * many + row : row * many + column]
      }
    }
    return values
  },
})
