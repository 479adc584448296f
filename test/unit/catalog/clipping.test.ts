import { expect, test } from 'vitest'
import { clippingRegistry, clippingSchema } from '@shared/catalog/clipping'
import { evaluateGraph, Graph, type Values } from '@shared/graph'
import fixture from '@test/fixtures/optimizers/clipping.json'
import { clippingCases } from './clipping.cases'

const { shapes, weights, gradients, ofOutput } = fixture

function clipped(document: unknown, slopes: readonly (readonly number[])[] = gradients): readonly (readonly number[])[] {
  const graph = new Graph()
  const feeds = new Map<string, Values>()
  const input = (name: string, shape: readonly number[], data: readonly number[]) => {
    feeds.set(name, { shape, data: Float64Array.from(data) })
    return graph.input(name, 'float32', shape)
  }
  const given = shapes.map((shape, at) => ({ weight: input(`w${String(at)}`, shape, weights[at]), gradient: input(`g${String(at)}`, shape, slopes[at]), ofOutput: ofOutput[at] }))
  const options = clippingSchema.parse(document)
  const made = clippingRegistry.get(options.type)?.clip(given, options)
  if (made === undefined) throw new Error(`no clipping ${options.type}`)
  return evaluateGraph(made, feeds).map(({ data }) => Array.from(data))
}

test.each(clippingCases)('$name', ({ document, clipped: expected }) => {
  clipped(document).forEach((values, at) => {
    values.forEach((value, index) => expect(value).toBeCloseTo(expected[at][index], 12))
  })
})

test.each(['value', 'norm', 'globalNorm', 'adaptive'])('%s leaves a gradient of 0 as it is', (type) => {
  const none = gradients.map((each) => each.map(() => 0))
  expect(clipped(type, none).flat().every((value) => value === 0)).toBe(true)
})

test('a bare name has the defaults', () => {
  expect(clippingSchema.parse('globalNorm')).toEqual({ type: 'globalNorm', maximum: 1, epsilon: 0 })
})
