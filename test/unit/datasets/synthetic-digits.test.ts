import { expect, it } from 'vitest'
import { syntheticDigits } from '@shared/catalog/datasets'
import { permutation, randomSource } from '@shared/lib/random'

const OPTIONS = { rows: 6000, testRows: 1500, shape: 'flat', distortion: 1, noise: 0.05 } as const
const PIXELS = 784

interface Images {
  readonly pixels: Uint8Array
  readonly labels: Int32Array
}

function write(options: Partial<Omit<typeof OPTIONS, 'rows' | 'testRows' | 'noise'>> & { rows?: number; testRows?: number; noise?: number } = {}, seed = 1): Images {
  const raw = syntheticDigits.generate({ ...OPTIONS, ...options }, randomSource(seed))
  if (raw.features.kind !== 'dense' || !(raw.features.data instanceof Uint8Array) || raw.targets.kind !== 'class') throw new Error('no images')
  return { pixels: raw.features.data, labels: raw.targets.labels }
}

it('fewer rows are the first of more, and neither part depends on the size of the other', () => {
  const large = write({ rows: 300, testRows: 100 })
  const small = write({ rows: 120, testRows: 100 })
  expect(small.pixels.subarray(0, 120 * PIXELS)).toEqual(large.pixels.subarray(0, 120 * PIXELS))
  expect(small.pixels.subarray(120 * PIXELS)).toEqual(large.pixels.subarray(300 * PIXELS))
})

it('classes are balanced; images differ, are mostly paper, and lie within the frame', () => {
  const { pixels, labels } = write({ rows: 500, testRows: 0, noise: 0 })
  expect([...labels.subarray(0, 12)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1])
  const seen = new Set<string>()
  for (let row = 0; row < 500; row++) {
    const image = pixels.subarray(row * PIXELS, (row + 1) * PIXELS)
    seen.add(image.join())
    const ink = image.reduce((sum, value) => sum + (value > 64 ? 1 : 0), 0) / PIXELS
    expect(ink).toBeGreaterThan(0.01)
    expect(ink).toBeLessThan(0.45)
  }
  expect(seen.size).toBe(500)
})

it('noise has the deviation asked for', () => {
  const { pixels } = write({ rows: 200, testRows: 0, noise: 0.2 })
  // The upper half of the noise on paper (the lower half is cut off at 0): corners are never written on by most digits.
  const corners: number[] = []
  for (let row = 0; row < 200; row++) for (const at of [0, 27, 756, 783]) corners.push(pixels[row * PIXELS + at] / 255)
  const positive = corners.filter((value) => value > 0)
  expect(Math.abs(positive.length / corners.length - 0.5)).toBeLessThan(0.07)
  const root = Math.sqrt(positive.reduce((sum, value) => sum + value ** 2, 0) / positive.length)
  expect(root).toBeGreaterThan(0.17)
  expect(root).toBeLessThan(0.23)
})

/** Softmax regression, or with `hidden` units of relu a small network; plain SGD in float64. */
class Classifier {
  readonly #layers: { readonly weights: Float64Array; readonly bias: Float64Array; readonly inputs: number; readonly outputs: number }[]

  constructor(hidden: number, random = randomSource(3)) {
    const widths = hidden > 0 ? [PIXELS, hidden, 10] : [PIXELS, 10]
    this.#layers = widths.slice(1).map((outputs, at) => ({
      weights: Float64Array.from({ length: widths[at] * outputs }, () => (hidden > 0 ? random.normal() * Math.sqrt(2 / widths[at]) : 0)),
      bias: new Float64Array(outputs),
      inputs: widths[at],
      outputs,
    }))
  }

  forward(image: Uint8Array): Float64Array[] {
    const values = [Float64Array.from(image, (byte) => byte / 255)]
    this.#layers.forEach(({ weights, bias, inputs, outputs }, at) => {
      const out = Float64Array.from(bias)
      for (let from = 0; from < inputs; from++) {
        const value = values[at][from]
        if (value !== 0) for (let to = 0; to < outputs; to++) out[to] += value * weights[from * outputs + to]
      }
      values.push(at + 1 < this.#layers.length ? out.map((value) => Math.max(0, value)) : out)
    })
    return values
  }

  step(image: Uint8Array, label: number, rate: number): void {
    const values = this.forward(image)
    const logits = values[this.#layers.length]
    const most = Math.max(...logits)
    const powers = logits.map((logit) => Math.exp(logit - most))
    const total = powers.reduce((sum, power) => sum + power, 0)
    let gradient = powers.map((power, at) => power / total - (at === label ? 1 : 0))
    for (let at = this.#layers.length - 1; at >= 0; at--) {
      const { weights, bias, inputs, outputs } = this.#layers[at]
      const below = new Float64Array(at === 0 ? 0 : inputs)
      for (let from = 0; from < inputs; from++) {
        const value = values[at][from]
        if (value === 0) continue
        if (at > 0) for (let to = 0; to < outputs; to++) below[from] += weights[from * outputs + to] * gradient[to]
        for (let to = 0; to < outputs; to++) weights[from * outputs + to] -= rate * gradient[to] * value
      }
      gradient.forEach((each, to) => (bias[to] -= rate * each))
      gradient = below
    }
  }

  accuracy({ pixels, labels }: Images, from: number, to: number): number {
    let right = 0
    for (let row = from; row < to; row++) {
      const logits = this.forward(pixels.subarray(row * PIXELS, (row + 1) * PIXELS)).at(-1) ?? new Float64Array(0)
      if (logits.indexOf(Math.max(...logits)) === labels[row]) right++
    }
    return right / (to - from)
  }
}

function trained(images: Images, hidden: number, epochs: number): { readonly train: number; readonly test: number } {
  const classifier = new Classifier(hidden)
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = 0.03 / (1 + epoch)
    for (const row of permutation(OPTIONS.rows, randomSource(5, epoch))) classifier.step(images.pixels.subarray(row * PIXELS, (row + 1) * PIXELS), images.labels[row], rate)
  }
  return { train: classifier.accuracy(images, 0, 1500), test: classifier.accuracy(images, OPTIONS.rows, OPTIONS.rows + OPTIONS.testRows) }
}

it('a linear model stays below 95% and a small network does clearly better', () => {
  const images = write()
  const linear = trained(images, 0, 8)
  const network = trained(images, 32, 6)
  // The linear model did learn; with ten times the rows it reaches 88.5%.
  expect(linear.test).toBeGreaterThan(0.75)
  expect(linear.test).toBeLessThan(0.93)
  expect(network.test).toBeGreaterThan(linear.test + 0.04)
})
