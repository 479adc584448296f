import { describe, expect, test } from 'vitest'
import { lossRegistry, lossSchema, type TargetInfo } from '@shared/catalog/losses'
import { evaluateGraph, Graph, type Values } from '@shared/graph'
import fixture from '@test/fixtures/layers/keras.json'
import { expectClose } from './closeness'
import { layerOf, modelOutput, RecordingScope, unpack, type Packed } from './lowering'

interface LayerCase {
  readonly name: string
  readonly type: string
  readonly options: object
  readonly x: Packed
  readonly weights: Readonly<Record<string, Packed>>
  readonly y: Packed
}

interface NormCase {
  readonly name: string
  readonly gamma: Packed
  readonly beta: Packed
  readonly steps: readonly { readonly training: boolean; readonly x: Packed; readonly y: Packed; readonly movingMean: Packed; readonly movingVariance: Packed }[]
}

interface LossCase {
  readonly name: string
  readonly type: string
  readonly options?: object
  readonly info: TargetInfo
  readonly target: Packed
  readonly output: Packed
  readonly losses: Packed
}

const { layers, norms, losses } = fixture as unknown as { readonly layers: readonly LayerCase[]; readonly norms: readonly NormCase[]; readonly losses: readonly LossCase[] }

test.each(layers)('$name', ({ type, options, x, weights, y }) => {
  const graph = new Graph()
  const output = layerOf({ type, ...options }).lower(new RecordingScope(graph, true), [graph.input('x', 'float32', x.shape)])
  const feeds = new Map([['x', unpack(x)], ...Object.entries(weights).map(([name, value]) => [name, unpack(value)] as const)])
  expectClose(evaluateGraph([output], feeds)[0], y, 'output')
})

test.each(norms)('batch normalization of $name: two steps of training, then evaluation', ({ gamma, beta, steps }) => {
  const channels = gamma.shape[0]
  let statistics = new Map<string, Values>([
    ['movingMean', { shape: [channels], data: new Float64Array(channels) }],
    ['movingVariance', { shape: [channels], data: new Float64Array(channels).fill(1) }],
  ])
  for (const { training, x, y, movingMean, movingVariance } of steps) {
    const graph = new Graph()
    const scope = new RecordingScope(graph, training)
    const output = layerOf({ type: 'batchNormalization' }).lower(scope, [graph.input('x', 'float32', x.shape)])
    const feeds = new Map([['x', unpack(x)], ['gamma', unpack(gamma)], ['beta', unpack(beta)], ...statistics])
    expectClose(evaluateGraph([output], feeds)[0], y, 'output')
    statistics = new Map([...statistics, ...[...scope.updates].map(([name, next]) => [name, evaluateGraph([next], feeds)[0]] as const)])
    expectClose(statistics.get('movingMean') ?? unpack(x), movingMean, 'moving mean')
    expectClose(statistics.get('movingVariance') ?? unpack(x), movingVariance, 'moving variance')
  }
})

describe('losses of plain probabilities and numbers', () => {
  test.each(losses)('$name', ({ type, options, info, target, output, losses: expected }) => {
    const graph = new Graph()
    const chosen = lossSchema.parse({ type, ...options })
    const definition = lossRegistry.get(type)
    expect(definition?.check(info, output.shape.slice(1))).toBeNull()
    const model = modelOutput(graph.input('output', 'float32', output.shape))
    const perSample = definition?.lower(model, graph.input('target', info.kind === 'class' ? 'int32' : 'float32', target.shape), info, chosen)
    if (perSample === undefined) throw new Error(`no loss ${type}`)
    expectClose(evaluateGraph([perSample], new Map([['output', unpack(output)], ['target', unpack(target)]]))[0], expected, 'loss')
  })
})
