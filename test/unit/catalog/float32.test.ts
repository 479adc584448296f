import { describe, expect, test } from 'vitest'
import { lossRegistry, lossSchema, type TargetInfo } from '@shared/catalog/losses'
import { metricRegistry, metricSchema } from '@shared/catalog/metrics'
import { evaluateGraph, Graph, gradients, mul, reduceSum, sigmoid, sizeOf, softmax, type Tensor, type Values } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import cases from '@test/fixtures/layers/losses.json'
import type { LossCase } from './cases'
import { expectClose } from './closeness'
import { executeFloat32 } from './float32'
import { layerOf, modelOutput, RecordingScope, unpack } from './lowering'

/** A few float32 roundings, relative to the larger of 1 and the value. */
const FLOAT32 = 2e-6

describe('losses in float32 are finite and right, logits of ±1000 included', () => {
  test.each((cases as unknown as readonly LossCase[]).filter(({ name }) => !name.includes('probabilities')))('$name', async ({ type, options, info, target, final, values, losses, gradient }) => {
    const graph = new Graph()
    const input = graph.input('values', 'float32', values.shape)
    const model = modelOutput(final === null ? input : { softmax, sigmoid }[final](input))
    const chosen = lossSchema.parse({ type, ...options })
    const perSample = lossRegistry.get(chosen.type)?.lower(model, graph.input('target', info.kind === 'class' ? 'int32' : 'float32', target.shape), info, chosen)
    if (perSample === undefined) throw new Error(`no loss ${type}`)
    const [found] = gradients(reduceSum(perSample, { axes: [0] }), [input])
    const feeds = new Map([['values', unpack(values)], ['target', unpack(target)]])
    const [loss, slope] = await executeFloat32(graph, [perSample, found], feeds)
    expect([...loss.data, ...slope.data].every(Number.isFinite)).toBe(true)
    expectClose(loss, losses, 'loss', FLOAT32)
    expectClose(slope, gradient, 'gradient', FLOAT32)
  })
})

/** Standard normal values around `center`, rounded to float32. */
function sample(shape: readonly number[], center: number): Values {
  const random = randomSource('far', center)
  const size = shape.reduce((product, extent) => product * extent, 1)
  return { shape, data: Float64Array.from({ length: size }, () => Math.fround(center + random.normal())) }
}

test.each([
  ['vectors', [64, 3], 1e4],
  ['images', [8, 3, 6, 6], 1e4],
  ['images', [8, 3, 6, 6], -300],
])('batch normalization of %s %j around %d keeps its digits in float32', async (_name, shape, center) => {
  const graph = new Graph()
  const scope = new RecordingScope(graph, true)
  const x = graph.input('x', 'float32', shape)
  const y = layerOf({ type: 'batchNormalization', momentum: 0 }).lower(scope, [x])
  const objective = reduceSum(mul(y, graph.input('cotangent', 'float32', shape)), { axes: shape.map((_, axis) => axis) })
  const [slope, ...weightSlopes] = gradients(objective, [x, ...scope.weights.values()])
  const feeds = new Map<string, Values>([
    ['x', sample(shape, center)],
    ['cotangent', sample(shape, 0)],
    ...['gamma', 'movingVariance'].map((name) => [name, { shape: [3], data: new Float64Array(3).fill(1) }] as const),
    ...['beta', 'movingMean'].map((name) => [name, { shape: [3], data: new Float64Array(3) }] as const),
  ])
  const compare = async (tensors: readonly Tensor[], what: string, tolerance: number): Promise<void> => {
    const expected = evaluateGraph(tensors, feeds)
    const found = await executeFloat32(graph, tensors, feeds)
    found.forEach((value, at) => expectClose(value, { shape: value.shape, data: [...expected[at].data] }, `${what} ${at}`, tolerance))
  }
  // Adding n numbers of size |center| loses about √n half units in the last place: so far off is the mean, and with it
  // the output. The variance is off by the square of that only; E[x²] − mean² would be off by |center|² · 2⁻²⁴ ≈ 6.
  const count = sizeOf(x.shape) / 3
  const ofMean = 2 * Math.sqrt(count) * 2 ** -24 * Math.abs(center)
  await compare([y, slope], 'output and gradient', ofMean)
  await compare(weightSlopes, 'gradient of weight', ofMean * Math.sqrt(count))
  await compare([...scope.updates.values()], 'running statistic', Math.max(ofMean ** 2, 2e-6))
})

/** R² as float32 sums give it. */
async function scoreOf(output: Values, truth: Values, means?: readonly number[]): Promise<number> {
  const info: TargetInfo = { kind: 'value', shape: [1], names: ['y'], ...(means === undefined ? {} : { means }) }
  const [graph, chosen, definition] = [new Graph(), metricSchema.parse('r2'), metricRegistry.get('r2')]
  const sums = definition?.lower(modelOutput(graph.input('output', 'float32', output.shape)), graph.input('target', 'float32', truth.shape), info, chosen)
  if (definition === undefined || sums === undefined) throw new Error('no r2')
  const [vector] = await executeFloat32(graph, [sums], new Map([['output', output], ['target', truth]]))
  return definition.finish(vector.data, truth.shape[0], info, chosen)[0]
}

test.each([0.1, -0.3, 0.95, 1e4 / 3])('R² of targets that are all %d, and not their training mean, is 0', async (constant) => {
  const rows = 256
  const truth = { shape: [rows, 1], data: new Float64Array(rows).fill(Math.fround(constant)) }
  expect(await scoreOf(sample([rows, 1], 0), truth, [0.25])).toBe(0)
})

test('R² of targets far from zero keeps its digits when the training mean is known', async () => {
  const rows = 1000
  const truth = sample([rows, 1], 2e4)
  const random = randomSource('error')
  const output = { shape: [rows, 1], data: truth.data.map((value) => Math.fround(value + 0.5 * random.normal())) }
  const mean = truth.data.reduce((sum, value) => sum + value, 0) / rows
  const total = truth.data.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const residual = truth.data.reduce((sum, value, at) => sum + (value - output.data[at]) ** 2, 0)
  expect(await scoreOf(output, truth, [2e4])).toBeCloseTo(1 - residual / total, 5)
  expect(Math.abs((await scoreOf(output, truth)) - (1 - residual / total))).toBeGreaterThan(1e-4)
})
