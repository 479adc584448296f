import { describe, expect, test } from 'vitest'
import type { Scene } from '@renderer/builder/model'
import { changeSides, placeOf } from '@renderer/builder/normalization'
import { arityOf } from '@renderer/builder/options'

const after: Scene = {
  nodes: [{ id: 'input', type: 'input' }, { id: 'conv', type: 'conv2d', filters: 4, activation: { type: 'leakyRelu', negativeSlope: 0.2 } }, { id: 'norm', type: 'batchNormalization' }, { id: 'flat', type: 'flatten' }],
  edges: [['input', 'conv'], ['conv', 'norm'], ['norm', 'flat']],
  positions: {},
}

describe('batch normalization changes sides with the activation', () => {
  test('from behind it to before it, and back to the same model', () => {
    expect(placeOf(after, 'norm')).toBe('after')
    const before = changeSides(after, 'norm', arityOf)
    if (before === null) throw new Error('not moved')
    expect(before.nodes.find(({ id }) => id === 'conv')?.activation).toBe('linear')
    expect(before.nodes.find(({ type }) => type === 'activation')).toEqual({ id: 'activation1', type: 'activation', activation: { type: 'leakyRelu', negativeSlope: 0.2 } })
    expect([...before.edges].sort()).toEqual([['activation1', 'flat'], ['conv', 'norm'], ['input', 'conv'], ['norm', 'activation1']])
    expect(placeOf(before, 'norm')).toBe('before')
    const back = changeSides(before, 'norm', arityOf)
    expect(back?.nodes).toEqual(after.nodes)
    expect([...(back?.edges ?? [])].sort()).toEqual([...after.edges].sort())
  })

  test('not where the layer before feeds others, too, or has no activation', () => {
    expect(placeOf({ ...after, edges: [...after.edges, ['conv', 'flat']] }, 'norm')).toBeNull()
    expect(changeSides({ ...after, nodes: after.nodes.map((node) => (node.id === 'conv' ? { id: 'conv', type: 'conv2d', filters: 4 } : node)) }, 'norm', arityOf)).toBeNull()
  })
})
