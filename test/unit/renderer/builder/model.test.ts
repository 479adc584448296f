import { describe, expect, test } from 'vitest'
import { issue } from '@shared/spec'
import { EMPTY_SCENE, nodesOfIssue, readScene, writeScene, type Scene } from '@renderer/builder/model'

describe('reading a model', () => {
  test('a chain in short form gets its input, ids and edges', () => {
    expect(readScene({ nodes: [{ type: 'dense', units: 3 }, { type: 'dense', units: 1 }] }, undefined)).toEqual({
      nodes: [{ id: 'input', type: 'input' }, { id: 'dense1', type: 'dense', units: 3 }, { id: 'dense2', type: 'dense', units: 1 }],
      edges: [['input', 'dense1'], ['dense1', 'dense2']],
      positions: {},
    })
  })

  test('an empty list is an empty canvas, and so is no model at all', () => {
    expect(readScene({ nodes: [] }, undefined)).toEqual(EMPTY_SCENE)
    expect(readScene(undefined, undefined)).toEqual(EMPTY_SCENE)
  })

  test('layers that are unknown or wrong are shown all the same', () => {
    expect(readScene({ nodes: [{ id: 'a', type: 'nonsense', units: 'x' }], edges: [] }, undefined)?.nodes).toEqual([{ id: 'a', type: 'nonsense', units: 'x' }])
  })

  test.each([
    ['no list', { nodes: 'x' }],
    ['a layer without type', { nodes: [{ id: 'a' }] }],
    ['one name twice', { nodes: [{ id: 'a', type: 'dense' }, { id: 'a', type: 'dense' }] }],
    ['edges that are none', { nodes: [{ id: 'a', type: 'dense' }], edges: [['a']] }],
    ['a number', 3],
  ])('%s cannot be drawn', (_, model) => expect(readScene(model, undefined)).toBeNull())

  test('positions that are none are left out', () => {
    const view = { nodes: { a: [1, 2], b: [1], c: 'x', d: [1, null], e: [NaN, 1] } }
    expect(readScene({ nodes: [{ id: 'a', type: 'dense' }], edges: [] }, view)?.positions).toEqual({ a: [1, 2] })
  })
})

describe('writing a model', () => {
  const scene: Scene = { nodes: [{ id: 'a', type: 'flatten' }], edges: [], positions: { a: [1, 2] } }

  test('keeps the rest of the document, of the model and of the view', () => {
    expect(writeScene({ format: 1, model: { nodes: [], note: 'x' }, view: { zoom: 2, nodes: { old: [0, 0] } } }, scene)).toEqual({
      format: 1,
      model: { nodes: [{ id: 'a', type: 'flatten' }], edges: [], note: 'x' },
      view: { zoom: 2, nodes: { a: [1, 2] } },
    })
  })

  test('an automatic layout leaves no view behind', () => {
    expect(writeScene({ model: {}, view: { nodes: { old: [0, 0] } } }, { ...scene, positions: {} })).toEqual({ model: { nodes: scene.nodes, edges: [] } })
  })
})

describe('the nodes of an issue', () => {
  const scene: Scene = { nodes: ['input', 'a', 'b'].map((id) => ({ id, type: 'dense' })), edges: [['input', 'a'], ['a', 'b']], positions: {} }

  test('of the model check count normalized nodes', () => {
    expect(nodesOfIssue(issue('x', ['model', 'nodes', 1, 'units']), scene, 2, true)).toEqual(['a'])
  })

  test('of a document that does not parse count its own', () => {
    expect(nodesOfIssue(issue('x', ['model', 'nodes', 1, 'units']), scene, 2, false)).toEqual(['b'])
  })

  test('of an edge are its ends', () => {
    expect(nodesOfIssue(issue('x', ['model', 'edges', 1]), scene, 3, true)).toEqual(['a', 'b'])
  })

  test('are named in the arguments', () => {
    expect(nodesOfIssue(issue('model-several-outputs', ['model', 'nodes'], { ids: 'a, b' }), scene, 3, true)).toEqual(['a', 'b'])
    expect(nodesOfIssue(issue('model-cycle', ['model', 'edges'], { cycle: 'b → a → b' }), scene, 3, true)).toEqual(['a', 'b'])
    expect(nodesOfIssue(issue('loss-output-classes', ['training', 'loss'], { node: 'b' }), scene, 3, true)).toEqual(['b'])
  })

  test('none, where it is about something else', () => {
    expect(nodesOfIssue(issue('x', ['dataset', 'path']), scene, 3, true)).toEqual([])
    expect(nodesOfIssue(issue('x', ['model', 'nodes', 9]), scene, 3, true)).toEqual([])
  })
})
