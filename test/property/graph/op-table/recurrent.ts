import { gru, lstm, simpleRnn } from '@shared/graph'
import { coin, pick, real } from '../draw'
import { float } from '../example'
import type { OpEntry } from '../example'

/** Recurrences carry gradients of their own. */
export const recurrent: Record<string, OpEntry> = {
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
