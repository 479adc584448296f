import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFindings } from '@main/core'
import { editOption, type Finding } from '@shared/catalog/findings'
import { TestCore } from '@test/helpers/core'

/** Documents made to fail, trained for real; and what their remedies do. */

let test: TestCore
beforeAll(async () => {
  test = await TestCore.open()
})
afterAll(async () => await test.close())

const out = { type: 'dense', units: 10, activation: 'softmax' }
const hidden = (activation: string, options: object = {}) => ({ type: 'dense', units: 32, activation, ...options })

function digits(nodes: readonly object[], training: object): object {
  return {
    format: 1,
    seed: 3,
    dataset: { type: 'digits', shape: 'flat' },
    model: { nodes: [...nodes, out] },
    training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], batchSize: 32, epochs: 6, diagnostics: { everySteps: 10 }, ...training },
  }
}

async function train(document: object): Promise<{ readonly findings: readonly Finding[]; readonly document: object; readonly loss: number }> {
  const run = test.start(document)
  await run.until(({ type }) => type === 'finished' || type === 'failed')
  const recorded = test.core.history.getRun(run.runId)
  if (recorded === null) throw new Error('the run is gone')
  return { findings: readFindings(test.core.history, recorded), document: JSON.parse(recorded.document) as object, loss: test.series(run.runId, 'val.loss').values.at(-1) ?? NaN }
}

function withEdits(document: object, finding: Finding): object {
  const changed = structuredClone(document) as Record<string, unknown>
  for (const { path, value } of finding.remedies[0].edits) {
    const inner = path.slice(0, -1).reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, changed)
    inner[path[path.length - 1]] = value
  }
  return changed
}

describe.each([
  ['deadRelu', digits([hidden('relu'), hidden('relu')], { optimizer: { type: 'sgd', learningRate: 3 } })],
  ['vanishingGradients', digits(Array.from({ length: 6 }, () => hidden('sigmoid')), { optimizer: { type: 'sgd', learningRate: 0.1 } })],
  ['saturation', digits([hidden('tanh', { kernelInitializer: { type: 'normal', stddev: 2 } })], { optimizer: { type: 'adam' } })],
  ['updateTooSmall', digits([hidden('relu')], { optimizer: { type: 'sgd', learningRate: 1e-5 } })],
  ['notFinite', { ...digits([], {}), dataset: { type: 'linear' }, model: { nodes: [hidden('relu'), { type: 'dense', units: 1 }] }, training: { loss: 'meanSquaredError', optimizer: { type: 'sgd', learningRate: 10 }, batchSize: 32, epochs: 6 } }],
])('%s', (type, document) => {
  it('is found, and its first remedy cures it', async () => {
    const before = await train(document)
    const finding = before.findings.find(({ definition }) => definition.type === type)
    if (finding === undefined) throw new Error(`found ${JSON.stringify(before.findings)}`)
    const after = await train(withEdits(before.document, finding))
    expect(after.findings.map(({ definition }) => definition.type)).not.toContain(type)
    if (Number.isFinite(before.loss)) expect(after.loss).toBeLessThan(before.loss)
  })
})

it('finds nothing in a healthy run', async () => {
  const { findings, loss } = await train(digits([hidden('relu')], { optimizer: { type: 'adam' }, epochs: 15 }))
  expect(loss).toBeLessThan(0.4)
  expect(findings).toEqual([])
})

it('a remedy is written as the command line takes it', () => {
  expect(editOption({ path: ['training', 'schedule'], value: { type: 'cosine' } })).toBe(`--set training.schedule='{"type":"cosine"}'`)
  expect(editOption({ path: ['training', 'epochs'], value: 5 })).toBe('--set training.epochs=5')
  expect(editOption({ path: ['model', 'nodes', 1, 'activation'], value: 'relu' })).toBeNull()
})
