import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFindings } from '@main/core'
import { measuredOf } from '@shared/diagnostics/measured'
import { TestCore } from '@test/helpers/core'

let test: TestCore
beforeAll(async () => {
  test = await TestCore.open()
})
afterAll(async () => await test.close())

/** Linear regression by batch gradient descent: the loss is a quadratic, whose curvature is the same everywhere. */
function regression(learningRate: number, training: object = {}): object {
  return {
    format: 1,
    seed: 5,
    dataset: { type: 'linear' },
    model: { nodes: [{ type: 'dense', units: 1 }] },
    training: { loss: 'meanSquaredError', optimizer: { type: 'sgd', learningRate }, batchSize: 'full', epochs: 40, diagnostics: { everySteps: 4, curvature: true }, ...training },
  }
}

async function train(document: object) {
  const run = test.start(document)
  await run.until(({ type }) => type === 'finished' || type === 'failed')
  const { history } = test.core
  history.flush()
  const recorded = history.getRun(run.runId)
  if (recorded === null) throw new Error('the run is gone')
  return {
    records: measuredOf(history.readEvents(run.runId, { kinds: ['diagnostics'] })).map(({ record }) => record),
    losses: test.series(run.runId, 'train.loss').values,
    findings: readFindings(history, recorded).map(({ definition }) => definition.type),
  }
}

describe('on a quadratic', () => {
  it('gradient descent converges below 2/sharpness and diverges above', async () => {
    const { records } = await train(regression(0.01))
    const found = records.map(({ sharpness }) => sharpness ?? NaN)
    expect(found.length).toBe(10)
    for (const sharpness of found) expect(Math.abs(sharpness / found[0] - 1)).toBeLessThan(0.02)
    const sharpness = Math.max(...found)
    // Within the 1% to which the eigenvalue is sought.
    const [below, above] = [await train(regression(1.94 / sharpness)), await train(regression(2.06 / sharpness))]
    expect(below.losses.at(-1)).toBeLessThan(below.losses[0])
    expect(above.losses.at(-1)).toBeGreaterThan(2 * above.losses[0])
    expect(below.findings).not.toContain('rateAboveSharpness')
    expect((await train(regression(2.5 / sharpness, { epochs: 12 }))).findings).toContain('rateAboveSharpness')
    // With momentum the limit is (2 + 2μ) / η.
    const momentum = { optimizer: { type: 'momentum', momentum: 0.9, learningRate: 3 / sharpness } }
    const rolling = await train(regression(0, { ...momentum, epochs: 200 }))
    expect(rolling.losses.at(-1)).toBeLessThan(rolling.losses[0])
    expect(rolling.findings).not.toContain('rateAboveSharpness')
  })

  it('updates point the same way at small rates and back and forth at large ones; a single batch has no noise to tell of', async () => {
    const { records } = await train(regression(0.001))
    expect(records[0].cosine).toBeUndefined()
    for (const { cosine, noiseScale } of records.slice(1)) {
      expect(cosine).toBeGreaterThan(0.99)
      expect(noiseScale).toBeUndefined()
    }
    const limit = 2 / Math.max(...records.map(({ sharpness }) => sharpness ?? NaN))
    expect((await train(regression(0.99 * limit))).records.at(-1)?.cosine).toBeLessThan(-0.9)
  })
})

it('small batches of a classifier are noisy, and the more the better it fits', async () => {
  const { records } = await train({
    format: 1,
    seed: 5,
    dataset: { type: 'digits', shape: 'flat' },
    model: { nodes: [{ type: 'dense', units: 16, activation: 'relu' }, { type: 'dense', units: 10, activation: 'softmax' }] },
    training: { loss: 'categoricalCrossentropy', optimizer: { type: 'adam', learningRate: 0.01 }, batchSize: 16, epochs: 6, diagnostics: { everySteps: 100, curvature: true } },
  })
  const scales = records.map(({ noiseScale }) => noiseScale ?? Infinity)
  expect(scales[0]).toBeLessThan(100)
  expect(scales[scales.length - 1]).toBeGreaterThan(2 * scales[0])
  expect(records.every(({ sharpness }) => (sharpness ?? NaN) > 0)).toBe(true)
})
