import { expect, test } from 'vitest'
import { regularizerRegistry, regularizerSchema } from '@shared/catalog/regularizers'
import { evaluateGraph, Graph, gradients } from '@shared/graph'
import { expectClose } from './closeness'
import { regularizerCases, weights } from './regularizers.cases'

test.each(regularizerCases)('$type $options', ({ type, options, penalty, gradient }) => {
  const graph = new Graph()
  const weight = graph.input('w', 'float32', [2, 2])
  const chosen = regularizerSchema.parse({ type, ...options })
  const found = regularizerRegistry.get(type)?.penalty(weight, chosen)
  if (found === undefined) throw new Error(`no regularizer ${type}`)
  const [value, slope] = evaluateGraph([found, ...gradients(found, [weight])], new Map([['w', { shape: [2, 2], data: Float64Array.from(weights) }]]))
  expectClose(value, { shape: [], data: [penalty] }, 'penalty')
  expectClose(slope, { shape: [2, 2], data: gradient }, 'gradient')
})

test('the default convention is Keras’s', () => {
  expect(regularizerSchema.parse('l2')).toEqual({ type: 'l2', factor: 0.01, convention: 'keras' })
})
