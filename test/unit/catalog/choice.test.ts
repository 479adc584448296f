import { expect, test } from 'vitest'
import { z } from 'zod'
import { activationSchema } from '@shared/catalog/activations'
import { showBareNames } from '@shared/catalog/choice'
import { nodeSchema } from '@shared/catalog/layers'
import { lossSchema } from '@shared/catalog/losses'
import { metricSchema } from '@shared/catalog/metrics'

test('a bare name stands for all defaults', () => {
  expect(activationSchema.parse('leakyRelu')).toEqual({ type: 'leakyRelu', negativeSlope: 0.01 })
  expect(metricSchema.parse('topKAccuracy')).toEqual({ type: 'topKAccuracy', k: 5 })
})

test('an object gives options; the rest are defaults', () => {
  expect(activationSchema.parse({ type: 'gelu' })).toEqual({ type: 'gelu', approximate: 'none' })
  expect(activationSchema.parse({ type: 'elu', alpha: 2 })).toEqual({ type: 'elu', alpha: 2 })
})

test('aliases become the type they stand for', () => {
  expect(lossSchema.parse('sparseCategoricalCrossentropy')).toMatchObject({ type: 'categoricalCrossentropy', fromLogits: false })
  expect(lossSchema.parse({ type: 'sparseCategoricalCrossentropy', fromLogits: true })).toMatchObject({ type: 'categoricalCrossentropy', fromLogits: true })
  expect(lossSchema.parse('mse')).toEqual({ type: 'meanSquaredError' })
})

test.each([
  ['reul', 'invalid_value', ['activation']],
  [{ type: 'reul' }, 'invalid_union', ['activation', 'type']],
  [{ type: 'relu', slope: 1 }, 'unrecognized_keys', ['activation']],
  [{ type: 'leakyRelu', negativeSlope: '1' }, 'invalid_type', ['activation', 'negativeSlope']],
  [{ negativeSlope: 1 }, 'invalid_union', ['activation', 'type']],
  [7, 'invalid_type', ['activation']],
  [null, 'invalid_type', ['activation']],
  [['relu'], 'invalid_type', ['activation']],
  ['toString', 'invalid_value', ['activation']],
  [{ type: 'constructor' }, 'invalid_union', ['activation', 'type']],
])('%j is refused where it is wrong', (activation, code, path) => {
  const issues = nodeSchema.safeParse({ id: 'a', type: 'dense', units: 1, activation }).error?.issues
  expect(issues?.map((issue) => ({ code: issue.code, path: issue.path }))).toEqual([{ code, path }])
})

test('an unknown bare name is answered with the known ones', () => {
  const [issue] = lossSchema.safeParse('hinge').error?.issues ?? []
  expect(issue).toMatchObject({ values: ['meanSquaredError', 'meanAbsoluteError', 'huber', 'binaryCrossentropy', 'categoricalCrossentropy', 'mse', 'mae', 'sparseCategoricalCrossentropy'] })
})

test('nodes are strict, and may leave out their id', () => {
  expect(nodeSchema.parse({ type: 'flatten' })).toEqual({ type: 'flatten' })
  expect(nodeSchema.safeParse({ type: 'flatten', units: 3 }).success).toBe(false)
  expect(nodeSchema.safeParse({ type: 'conv3d' }).success).toBe(false)
  expect(nodeSchema.safeParse({ id: '1st', type: 'flatten' }).success).toBe(false)
  expect(nodeSchema.safeParse({ type: 'dense' }).error?.issues[0].path).toEqual(['units'])
})

test('the JSON Schema knows bare names, with the help as description', () => {
  const schema = JSON.stringify(z.toJSONSchema(nodeSchema, { io: 'input', override: showBareNames }))
  expect(schema).toContain('{"enum":["l1","l2","l1l2"]}')
  expect(schema).toContain('"glorotUniform"')
  expect(schema).not.toContain('x-bare-names')
})
