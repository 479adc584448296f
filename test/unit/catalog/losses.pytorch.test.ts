import { describe, expect, test } from 'vitest'
import { lossRegistry, lossSchema } from '@shared/catalog/losses'
import { evaluateGraph, Graph, gradients, reduceSum, sigmoid, softmax } from '@shared/graph'
import cases from '@test/fixtures/layers/losses.json'
import type { LossCase } from './cases'
import { expectClose } from './closeness'
import { modelOutput, unpack } from './lowering'

const FINAL = { softmax, sigmoid }

describe.each(cases as readonly LossCase[])('$name', ({ type, options, info, target, final, values, losses, gradient }) => {
  const chosen = lossSchema.parse({ type, ...options })
  const definition = lossRegistry.get(chosen.type)
  if (definition === undefined) throw new Error(`no loss ${chosen.type}`)

  test('accepts the target', () => {
    expect(definition.check(info, values.shape.slice(1))).toBeNull()
  })

  test('loss of every sample and its gradient are those of PyTorch', () => {
    const graph = new Graph()
    const input = graph.input('values', 'float32', values.shape)
    const model = modelOutput(final === null ? input : FINAL[final](input))
    const perSample = definition.lower(model, graph.input('target', info.kind === 'class' ? 'int32' : 'float32', target.shape), info, chosen)
    const [found] = gradients(reduceSum(perSample, { axes: [0] }), [input])
    const feeds = new Map([
      ['values', unpack(values)],
      ['target', unpack(target)],
    ])
    const [lossValues, gradientValues] = evaluateGraph([perSample, found], feeds)
    expect(lossValues.data.every(Number.isFinite) && gradientValues.data.every(Number.isFinite)).toBe(true)
    expectClose(lossValues, losses, 'loss')
    expectClose(gradientValues, gradient, 'gradient')
  })
})
