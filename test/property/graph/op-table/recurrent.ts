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
      const [projected, kernel, bias] = [[steps, batch, gates * units], [units, gates * units], [gates * units]].map((shape) => float(shape, real(draw, shape)))
      switch (kind) {
        case 'lstm':
          return { inputs: [projected, kernel], lower: ([x, u]) => lstm(x, u, { sequences }) }
        case 'gru':
          return { inputs: [projected, kernel, bias], lower: ([x, u, b]) => gru(x, u, b, { sequences }) }
        case 'gruBefore':
          return { inputs: [projected, kernel], lower: ([x, u]) => gru(x, u, null, { sequences }) }
        case 'simpleRnn':
          return { inputs: [projected, kernel], lower: ([x, u]) => simpleRnn(x, u, { sequences, activation: 'tanh' }) }
      }
    },
    edges: [{ inputs: [float([2, 1, 2], [1, -1, 0.5, -2]), float([2, 2], [1, 0.5, -1, 0.25])], lower: ([x, u]) => simpleRnn(x, u, { sequences: true, activation: 'relu' }) }],
  },
}
