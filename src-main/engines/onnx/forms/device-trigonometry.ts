import type { Emitter } from '../lowerings/emitter'
import type { Form } from '../lowerings/lowering'

/**
 * Shaders' own sin and cos may be off by 2⁻¹¹, inside −π … π at that, and by anything beyond (Vulkan, "Precision and
 * Operation of SPIR-V Instructions"; WGSL says the same). So the angle is reduced to −π/2 … π/2 and a polynomial does the rest.
 */

/** π in three parts (Cody and Waite). The first two have 8 and 9 bits: their products with whole and half numbers below 2¹⁴ are exact. */
const PI = [3.140625, 0.0009670257568359375, 6.27832957178498e-7] as const

/** sin r = r − r³/3! + r⁵/5! − …: the next term is below 7·10⁻¹⁰ for |r| ≤ π/2. */
const SINE = [1, -1 / 6, 1 / 120, -1 / 5040, 1 / 362_880, -1 / 39_916_800, 1 / 6_227_020_800] as const

/** sin(x) = (−1)ⁿ sin(x − nπ) for the nearest whole n; cos(x) = (−1)ⁿ⁺¹ sin(x − (n + ½)π) for n = ⌊x / π⌋. */
function turned(op: string, halves: 0 | 0.5): Form {
  return {
    op,
    emit(emitter, node) {
      const number = (value: number): string => emitter.scalar('float32', value)
      const mul = (a: string, b: string): string => emitter.node('Mul', [a, b])
      const x = emitter.value(node.inputs[0])
      const turns = mul(x, number(1 / Math.PI))
      const whole = emitter.node('Floor', [halves === 0 ? emitter.node('Add', [turns, number(0.5)]) : turns])
      const count = halves === 0 ? whole : emitter.node('Add', [whole, number(halves)])
      const rest = PI.reduce((left, part) => emitter.node('Sub', [left, mul(count, number(part))]), x)
      // 1 for even n, −1 for odd: n − 2⌊n/2⌋ is 0 or 1.
      const odd = emitter.node('Sub', [whole, mul(emitter.node('Floor', [mul(whole, number(0.5))]), number(2))])
      const sign = emitter.node('Sub', [number(halves === 0 ? 1 : -1), mul(odd, number(halves === 0 ? 2 : -2))])
      return mul(sign, sine(emitter, rest))
    },
  }
}

/** For −π/2 … π/2. */
function sine(emitter: Emitter, r: string): string {
  const number = (value: number): string => emitter.scalar('float32', value)
  const square = emitter.node('Mul', [r, r])
  const [last, ...others] = SINE.toReversed()
  const series = others.reduce((sum, factor) => emitter.node('Add', [emitter.node('Mul', [sum, square]), number(factor)]), number(last))
  return emitter.node('Mul', [r, series])
}

export const deviceTrigonometryForms: readonly Form[] = [turned('sin', 0), turned('cos', 0.5)]
