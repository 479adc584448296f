import type { Dialect } from '../optimizer'
import type { ResolvedOptimizer } from '../resolve'
import type { DifferenceCode } from './differences'
import type { Counterpart } from './translation'

/** b ← μb + gain·g: what enters the buffer, and whether the rate does so with it. */
interface Buffer {
  readonly gain: number
  readonly holdsRate: boolean
}

interface MomentumOptions {
  readonly momentum: number
  readonly nesterov?: boolean
  readonly dampening?: number
  readonly form?: 'average' | 'subtract' | 'add'
}

const AVERAGE = (momentum: number): Buffer => ({ gain: 1 - momentum, holdsRate: false })

function bufferOf(dialect: Dialect, { momentum, dampening = 0, form }: MomentumOptions): Buffer {
  switch (dialect) {
    case 'keras':
      return { gain: 1, holdsRate: true }
    case 'pytorch':
      return { gain: 1 - dampening, holdsRate: false }
    case 'textbook':
      return form === 'average' ? AVERAGE(momentum) : { gain: 1, holdsRate: true }
  }
}

/** The textbook's Nesterov stores another point, with the rate in its buffer. */
function lookAhead(dialect: Dialect, to: Dialect): readonly DifferenceCode[] {
  return dialect === 'pytorch' || to === 'pytorch' ? ['lookAhead', 'rateInBuffer'] : ['lookAhead']
}

/** `sgd`, `momentum` and `nesterov`. */
export function momentumCounterpart({ dialect, options, definition }: ResolvedOptimizer, to: Dialect): Counterpart {
  const own = options as unknown as MomentumOptions
  const { momentum, nesterov = false, dampening = 0 } = own
  // Without momentum all forms are w ← w − ηg.
  if (momentum === 0) return { options: { momentum, nesterov: false, dampening: 0 }, differences: [] }
  if (definition.type === 'nesterov' && (dialect === 'textbook' || to === 'textbook')) return { options: { momentum }, differences: dialect === to ? [] : lookAhead(dialect, to) }
  const from = bufferOf(dialect, own)
  const form = from.holdsRate ? 'subtract' : 'average'
  const target = bufferOf(to, { momentum, form })
  const differences: DifferenceCode[] = []
  if (dampening !== 0) differences.push('dampening')
  if (nesterov && !('nesterov' in (definition.dialects[to]?.defaults ?? {}))) differences.push('nesterov')
  if (from.holdsRate !== target.holdsRate) differences.push('rateInBuffer')
  // Full dampening lets nothing but the first gradient in, to which no rate corresponds.
  const rateFactor = from.gain === 0 ? 1 : from.gain / target.gain
  return { options: { momentum, nesterov, dampening: 0, form }, rateFactor, differences }
}
