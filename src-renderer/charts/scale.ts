/** How an axis divides its length. A logarithmic one is drawn as a linear axis of log₁₀: its space is called `position`. */
export type Scale = 'linear' | 'log'

/** Place of a value on the axis; NaN for what a logarithmic axis has no place for. */
export function position(scale: Scale, value: number): number {
  if (scale === 'linear') return value
  return value > 0 ? Math.log10(value) : NaN
}

export function valueAt(scale: Scale, place: number): number {
  return scale === 'linear' ? place : 10 ** place
}

/** The smallest of 1, 2, 5 × 10ⁿ that is at least `least`. */
export function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const factor = [1, 2, 5, 10].find((each) => each * power >= least * (1 - 1e-9)) ?? 10
  return factor * power
}

/** Round values within `[from, to]`, about `count` of them; for a logarithmic axis `from` is positive. */
export function ticks(scale: Scale, from: number, to: number, count: number): number[] {
  if (!(to > from)) return [from]
  // Within one power of ten, steps of equal size say more than the few round logarithms.
  if (scale === 'linear' || to / from < 10) return linearTicks(from, to, count)
  return logTicks(from, to, count)
}

function linearTicks(from: number, to: number, count: number): number[] {
  const step = roundStep((to - from) / Math.max(1, count))
  const found = multiples(from, to, step)
  // One tick tells no scale.
  return found.length < 2 ? multiples(from, to, roundStep(step / 2.5)) : found
}

function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.floor(to / step + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => multiple(first + index, step))
}

/** Of a round step; dividing by a whole number keeps 3 × 0.1 from becoming 0.30000000000000004. */
function multiple(count: number, step: number): number {
  return step < 1 ? count / Math.round(1 / step) : count * step
}

/** Powers of ten, with 2 and 5 times them where there is room. */
function logTicks(from: number, to: number, count: number): number[] {
  const decades = Math.log10(to / from)
  const factors = decades * 3 <= 2 * count ? [1, 2, 5] : [1]
  const stride = Math.max(1, Math.ceil(decades / Math.max(1, count)))
  const result: number[] = []
  const first = Math.floor(Math.log10(from) / stride) * stride
  for (let power = first; power <= Math.log10(to) + 1e-9; power += stride) {
    for (const factor of factors) {
      // Written out, since 10 ** -5 is not the number that 1e-5 is.
      const value = Number(`${String(factor)}e${String(power)}`)
      if (value >= from * (1 - 1e-9) && value <= to * (1 + 1e-9)) result.push(value)
    }
  }
  return result
}

/** The range widened to round ends, so that a growing curve does not move the axis at every point. */
export function roundExtent(scale: Scale, low: number, high: number, count: number): readonly [number, number] {
  if (scale === 'log') return roundLogExtent(low, high)
  // Nearer than what doubles can step by is the same.
  if (high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high))) return low === 0 ? [-1, 1] : [low - Math.abs(low) * 0.1, high + Math.abs(high) * 0.1]
  const step = roundStep((high - low) / count)
  return [multiple(Math.floor(low / step + 1e-9), step), multiple(Math.ceil(high / step - 1e-9), step)]
}

/** To the next of 1, 2, 5 × 10ⁿ. */
function roundLogExtent(low: number, high: number): readonly [number, number] {
  const power = 10 ** Math.floor(Math.log10(low) + 1e-9)
  const down = [5, 2, 1].map((factor) => factor * power).find((each) => each <= low * (1 + 1e-9)) ?? power
  const up = roundStep(high)
  return [down, up > down * 1.5 ? up : roundStep(down * 1.5)]
}
