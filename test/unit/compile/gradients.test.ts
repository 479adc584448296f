import { describe, expect, it } from 'vitest'
import { stepInputs } from '@shared/compile'
import { planOf, stepOf } from './reference-step'

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-12): void {
  expect(found.length).toBe(expected.length)
  for (let index = 0; index < found.length; index++) expect(Math.abs(found[index] - expected[index])).toBeLessThan(tolerance)
}

describe('accumulation', () => {
  const penalized = { regularization: { type: 'l2', factor: 0.02 }, optimizer: { type: 'adam', learningRate: 0.1 } }

  it.each([
    [2, 8],
    [3, 8],
    [8, 8],
    [64, 5],
  ])('in %i parts, a batch of %i rows gives the same update, loss and metrics', (accumulation, rows) => {
    const whole = stepOf(planOf(penalized), rows)
    const parts = stepOf(planOf({ ...penalized, accumulation }), rows)
    for (const [name, values] of whole.after) expectClose(parts.after.get(name) ?? [], values)
    for (const [name, values] of Object.entries(whole.outputs)) expectClose(parts.outputs[name], values)
  })

  it('clips the mean gradient, not those of the parts', () => {
    const clip = { gradientClip: { type: 'globalNorm', maximum: 0.05 } }
    const [whole, parts] = [stepOf(planOf(clip), 8), stepOf(planOf({ ...clip, accumulation: 4 }), 8)]
    for (const [name, values] of whole.after) expectClose(parts.after.get(name) ?? [], values)
  })

  it('batch normalization sees one part after the other', () => {
    const model = { nodes: [{ id: 'norm', type: 'batchNormalization', momentum: 0.5 }, { id: 'out', type: 'dense', units: 3, activation: 'softmax' }] }
    const { before, after } = stepOf(planOf({ accumulation: 2 }, model), 8)
    const whole = stepOf(planOf({}, model), 8)
    const mean = [...after.keys()].find((name) => /ean$/.test(name)) ?? ''
    expect(before.get(mean)?.every((value) => value === 0)).toBe(true)
    // Means of the parts a, b: ½(½·0 + ½a) + ½b; of the whole: ½·(a + b)/2. With b twice as heavy, they differ.
    expect(after.get(mean)).not.toEqual(whole.after.get(mean))
  })
})

describe('gradient noise', () => {
  const model = { nodes: [{ id: 'wide', type: 'dense', units: 1500, activation: 'tanh' }, { id: 'out', type: 'dense', units: 3, activation: 'softmax' }] }

  it('has the variance η/(1+t)^γ', () => {
    const { plan, document } = planOf({ gradientNoise: { variance: 0.3 } })
    const { program } = stepOf({ plan, document }, 4)
    const { gradientNoise } = stepInputs(program, 0, 4, { seed: 1, optimizer: plan.optimizer, rate: () => 1 })
    expectClose(gradientNoise, [0, 1, 2, 3].map((t) => Math.sqrt(0.3 / (1 + t) ** 0.55)), 1e-7)
  })

  it('is normal, of mean 0, and anew at every step', () => {
    const noisy = { gradientNoise: { variance: 4, decay: 0 } }
    const noiseAt = (step: number): number[] => {
      const plain = stepOf(planOf({}, model), 4, { step })
      const shaken = stepOf(planOf(noisy, model), 4, { step })
      return [...plain.after].flatMap(([name, values]) => Array.from(values, (value, at) => value - (shaken.after.get(name)?.[at] ?? Number.NaN)))
    }
    const [first, second] = [noiseAt(0), noiseAt(1)]
    const count = first.length
    expect(count).toBeGreaterThan(10_000)
    const mean = first.reduce((sum, each) => sum + each, 0) / count
    const variance = first.reduce((sum, each) => sum + (each - mean) ** 2, 0) / count
    expect(Math.abs(mean)).toBeLessThan(5 * (2 / Math.sqrt(count)))
    expect(Math.abs(variance - 4)).toBeLessThan(5 * 4 * Math.sqrt(2 / count))
    const correlation = first.reduce((sum, each, at) => sum + each * second[at], 0) / count / 4
    expect(Math.abs(correlation)).toBeLessThan(5 / Math.sqrt(count))
  })
})

describe('clipping', () => {
  it('reports the norm before clipping, and clips before momentum', () => {
    const { before, after, outputs } = stepOf(planOf({ gradientClip: { type: 'globalNorm', maximum: 0.01 } }), 8)
    const moved = Math.sqrt([...before].reduce((sum, [name, values]) => sum + values.reduce((part, value, at) => part + (value - (after.get(name)?.[at] ?? 0)) ** 2, 0), 0))
    expect(outputs.gradientNorm[0]).toBeGreaterThan(0.01)
    expect(moved).toBeCloseTo(0.01, 12)
  })

  it('a document without any of this has no trace of it', () => {
    const { program } = stepOf(planOf({}), 4)
    expect(program.outputs.map(({ name }) => name)).toEqual(['loss', 'metric/accuracy'])
    expect(program.steps.map(({ name }) => name)).toEqual(['optimizer/rate'])
    expect(program.graph.tensors.filter(({ op }) => op === 'randomBits')).toEqual([])
  })
})
