import { describe, expect, it } from 'vitest'
import { applyUpdate } from '@shared/catalog/optimizers'
import { Graph, type Tensor } from '@shared/graph'
import { resolved } from '@test/golden/optimizers.runs'
import { ReferenceUpdate } from '@test/golden/optimizers.update'

/** Elementwise passes over the weight's memory that one update makes. */
function passes(document: Readonly<Record<string, unknown>>, decays = true): number {
  const { graph } = new ReferenceUpdate(resolved({ learningRate: 0.1, ...document }), [0, 0, 0, 0], decays)
  return graph.tensors.filter(({ op, shape }: Tensor) => op !== 'input' && shape.length > 0).length
}

describe('passes over memory per update', () => {
  it.each([
    [2, { type: 'sgd' }],
    [2, { type: 'sgd', dialect: 'pytorch' }],
    [4, { type: 'momentum' }],
    [4, { type: 'momentum', dialect: 'pytorch' }],
    [5, { type: 'momentum', dialect: 'pytorch', dampening: 0.5 }],
    [4, { type: 'momentum', dialect: 'textbook' }],
    [6, { type: 'nesterov' }],
    [6, { type: 'nesterov', dialect: 'pytorch' }],
    [7, { type: 'adagrad' }],
    [7, { type: 'adagrad', dialect: 'pytorch' }],
    [8, { type: 'rmsprop' }],
    [8, { type: 'rmsprop', dialect: 'pytorch' }],
    [10, { type: 'rmsprop', momentum: 0.9 }],
    [10, { type: 'rmsprop', dialect: 'pytorch', momentum: 0.9 }],
    [14, { type: 'rmsprop', centered: true }],
    [10, { type: 'adam' }],
    [10, { type: 'adam', dialect: 'pytorch' }],
    [10, { type: 'adam', dialect: 'textbook' }],
    [11, { type: 'adam', amsgrad: true }],
    [11, { type: 'adamw' }],
    [12, { type: 'adam', dialect: 'pytorch', weightDecay: 0.1 }],
    [13, { type: 'adadelta' }],
    [9, { type: 'adamax' }],
    [12, { type: 'nadam' }],
    [11, { type: 'radam' }],
    [7, { type: 'lion' }],
  ])('%i: %o', (expected, document) => {
    expect(passes(document)).toBe(expected)
  })

  it('an exempt weight pays nothing for decay', () => {
    expect(passes({ type: 'adamw' }, false)).toBe(10)
  })
})

describe('applyUpdate', () => {
  it('exempts a weight from decay when told so', () => {
    for (const document of [{ type: 'sgd' }, { type: 'adam', dialect: 'pytorch' }, { type: 'adamw' }]) {
      const step = (decays: boolean, weightDecay: number): number =>
        new ReferenceUpdate(resolved({ ...document, weightDecay }), [2], decays).advance([0.3], 0.1)[0]
      expect(step(false, 0.5)).toBe(step(true, 0))
      expect(step(true, 0.5)).not.toBe(step(true, 0))
    }
  })

  it('works on any shape', () => {
    const optimizer = resolved({ type: 'adam' })
    const graph = new Graph()
    const kernel = (name: string): Tensor => graph.input(name, 'float32', [3, 2, 5, 5])
    const inputs = { weight: kernel('w'), gradient: kernel('g'), slots: { m: kernel('m'), v: kernel('v') } }
    const next = applyUpdate({ ...inputs, scalars: { rate: graph.input('rate', 'float32', []) } }, optimizer, { decays: true })
    expect(next.weight.shape).toEqual([3, 2, 5, 5])
    expect(Object.keys(next.slots)).toEqual(['m', 'v'])
  })
})
