import { add, concat, gru, lstm, matmul, mul, scan, scanOutput, simpleRnn, tanh, type Scanned, type Tensor } from '@shared/graph'
import { coin, drawFrom, pick, real } from '../draw'
import { float } from '../example'
import type { OpEntry } from '../example'

/** A state and a weight, two sequences, and a step that uses all of them; its second output leaves the state out. */
const recurrence = (backward: boolean) => ([state, weight, x, y]: readonly Tensor[]): Scanned =>
  scan(
    { states: [state], sequences: [x, y], shared: [weight] },
    ({ states: [before], sequences: [read, other], shared: [matrix] }) => {
      const next = tanh(add(matmul(matrix, before), mul(read, 0.5)))
      return { states: [next], outputs: [mul(next, next), concat([read, other], 0)] }
    },
    { backward },
  )

/** Recurrences of lstm, gru and simpleRnn carry gradients of their own. */
export const recurrent: Record<string, OpEntry> = {
  scan: {
    random: (draw) => {
      const [steps, rows, columns] = [draw.integer(1, 4), draw.integer(1, 3), draw.integer(1, 2)]
      const backward = coin(draw)
      const shapes = [[rows, columns], [rows, rows], [steps, rows, columns], [steps, 1, columns]]
      return {
        inputs: shapes.map((shape) => float(shape, real(draw, shape))),
        lower: (inputs) => recurrence(backward)(inputs).outputs[0].inputs[0],
      }
    },
    edges: [
      {
        // So many steps that devices do not get them one by one.
        inputs: [float([2, 1], [1, -2]), float([2, 2], [0.5, -0.25, 0.75, 0.5]), float([40, 2, 1], real(drawFrom('long'), [40, 2, 1])), float([40, 1, 1], real(drawFrom('longer'), [40, 1, 1]))],
        lower: (inputs) => recurrence(true)(inputs).outputs[0].inputs[0],
      },
      {
        inputs: [float([2, 1], [1, -2]), float([3, 2, 1], [1, 2, 3, 4, 5, 6])],
        // A state that stays as it is, and an output that is a sequence.
        lower: ([state, x]) => scan({ states: [state], sequences: [x] }, ({ states, sequences }) => ({ states, outputs: sequences })).outputs[0].inputs[0],
      },
      {
        inputs: [float([], [0.5]), float([4], [1, -2, 3, -4])],
        // Scalars along a vector, from its end; nothing but a final state.
        lower: ([state, x]) => scan({ states: [state], sequences: [x] }, ({ states: [sum], sequences: [each] }) => ({ states: [add(mul(sum, 0.5), each)], outputs: [] }), { backward: true }).states[0].inputs[0],
      },
    ],
  },
  scanOutput: {
    random: (draw) => {
      const [before, rows, columns, after] = [draw.integer(0, 3), draw.integer(1, 3), draw.integer(1, 3), draw.integer(0, 3)]
      const length = before + rows * columns + after
      return { inputs: [float([length], real(draw, [length]))], lower: ([x]) => scanOutput(x, { at: 0, offset: before, shape: [rows, columns] }) }
    },
  },
  customGradient: {
    random: (draw) => {
      const [steps, batch, units] = [draw.integer(1, 4), draw.integer(1, 2), draw.integer(1, 3)]
      const sequences = coin(draw)
      const kind = pick(draw, ['lstm', 'gru', 'gruBefore', 'simpleRnn'] as const)
      const gates = kind === 'lstm' ? 4 : kind === 'simpleRnn' ? 1 : 3
      const features = draw.integer(1, 2)
      const width = gates * units
      const shapes = [[steps, features, batch], [features, width], [units, width], ...(coin(draw) ? [] : [[width], [width]])]
      const inputs = shapes.map((shape) => float(shape, real(draw, shape)))
      return {
        inputs: kind === 'gru' ? inputs : inputs.slice(0, 4),
        lower: ([x, kernel, recurrentKernel, bias = null, recurrentBias = null]) => {
          const weights = { kernel, recurrent: recurrentKernel, bias }
          if (kind === 'lstm') return lstm(x, weights, { sequences })
          if (kind === 'simpleRnn') return simpleRnn(x, weights, { sequences, activation: 'tanh' })
          return gru(x, { ...weights, recurrentBias }, { sequences, resetAfter: kind === 'gru' })
        },
      }
    },
    edges: [
      {
        inputs: [float([2, 1, 1], [1, -2]), float([1, 2], [1, -1]), float([2, 2], [1, 0.5, -1, 0.25])],
        lower: ([x, kernel, recurrentKernel]) => simpleRnn(x, { kernel, recurrent: recurrentKernel, bias: null }, { sequences: true, activation: 'relu' }),
      },
    ],
  },
}
