import { describe, expect, test } from 'vitest'
import type { TargetInfo } from '@shared/catalog/losses'
import { metricRegistry, metricSchema } from '@shared/catalog/metrics'
import { evaluateGraph, Graph, type Values } from '@shared/graph'
import { metricCases, type MetricCase } from './metrics.cases'
import { modelOutput } from './lowering'

type Batch = MetricCase['batches'][number]

function values(rows: Batch['outputs'] | Batch['targets'], shape: readonly number[]): Values {
  return { shape, data: Float64Array.from(rows.flat()) }
}

describe.each(metricCases)('$name', ({ type, options, info, batches, key, expected }) => {
  const chosen = metricSchema.parse({ type, ...options })
  const definition = metricRegistry.get(chosen.type)
  if (definition === undefined) throw new Error(`no metric ${chosen.type}`)

  function sums(batch: Batch): Float64Array {
    const rows = batch.outputs.length
    const graph = new Graph()
    const output = graph.input('output', 'float32', [rows, batch.outputs[0].length])
    const targetShape = info.kind === 'class' ? [rows] : [rows, ...info.shape]
    const target = graph.input('target', info.kind === 'class' ? 'int32' : 'float32', targetShape)
    const vector = definition?.lower(modelOutput(output), target, info, chosen)
    if (vector === undefined) throw new Error('not lowered')
    expect(vector.shape.length).toBe(1)
    return evaluateGraph([vector], new Map([['output', values(batch.outputs, output.shape)], ['target', values(batch.targets, targetShape)]]))[0].data
  }

  test('accepts the target and names its result', () => {
    expect(definition.check(info, [batches[0].outputs[0].length])).toBeNull()
    expect(definition.key(chosen)).toBe(key)
  })

  test('adds up over batches to the value computed by hand', () => {
    const vectors = batches.map(sums)
    const total = vectors.reduce((all, vector) => all.map((sum, at) => sum + vector[at]))
    const count = batches.reduce((rows, { outputs }) => rows + outputs.length, 0)
    const found = definition.finish(total, count, info, chosen)
    expect(found.length).toBe(expected.length)
    expected.forEach((value, at) => expect(found[at]).toBeCloseTo(value, 9))
  })
})

const numeric: TargetInfo = { kind: 'value', shape: [1], names: ['price'] }
const classes: TargetInfo = { kind: 'class', classes: 10, classNames: [] }

test.each([
  ['accuracy', numeric, [1], 'metric-needs-classes'],
  ['accuracy', classes, [3], 'metric-outputs'],
  ['accuracy', classes, [10, 1, 1], 'metric-outputs'],
  ['f1', classes, [1], 'metric-outputs'],
  ['confusionMatrix', numeric, [1], 'metric-needs-classes'],
  ['topKAccuracy', { ...classes, classes: 2 }, [1], 'metric-top-k-binary'],
  ['r2', classes, [10], 'metric-needs-values'],
  ['meanAbsoluteError', numeric, [2], 'loss-output-shape'],
] as const)('%s refuses what it cannot measure', (type, info, shape, code) => {
  expect(metricRegistry.get(type)?.check(info, shape)?.code).toBe(code)
})

test('class metrics read the logits where the model ends in softmax: the softmax itself is not executed', () => {
  const graph = new Graph()
  const logits = graph.input('logits', 'float32', [4, 3])
  const model = { output: graph.input('never', 'float32', [4, 3]), logits: { tensor: logits, activation: 'softmax' as const } }
  const info: TargetInfo = { kind: 'class', classes: 3, classNames: [] }
  for (const type of ['accuracy', 'topKAccuracy', 'f1', 'confusionMatrix']) {
    const chosen = metricSchema.parse(type)
    const vector = metricRegistry.get(type)?.lower(model, graph.inputs.get('target') ?? graph.input('target', 'int32', [4]), info, chosen)
    const fed = new Map([['logits', { shape: [4, 3], data: new Float64Array(12) }], ['target', { shape: [4], data: new Float64Array(4) }]])
    expect(() => vector && evaluateGraph([vector], fed), type).not.toThrow()
  }
})
