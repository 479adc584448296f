import { describe, expect, test } from 'vitest'
import type { Edge, ModelNode, Scene } from '@renderer/builder/model'
import { addNode, connect, copyOf, disconnect, freeId, inOrder, insertAfter, insertBetween, moveAfter, moveNodes, paste, removeNodes, rename } from '@renderer/builder/operations'
import { arityOf } from '@renderer/builder/options'

function node(id: string, type = 'dense'): ModelNode {
  return { id, type }
}

function scene(nodes: readonly ModelNode[], edges: readonly Edge[], positions: Scene['positions'] = {}): Scene {
  return { nodes, edges, positions }
}

const chain = scene([node('input', 'input'), node('a'), node('b')], [['input', 'a'], ['a', 'b']])
/** input → a → sum, input → sum */
const residual = scene([node('input', 'input'), node('a'), node('sum', 'add')], [['input', 'a'], ['a', 'sum'], ['input', 'sum']])

test('free ids count on from their stem; the input keeps its name while it can', () => {
  expect(freeId('dense', new Set(['dense1', 'dense3']))).toBe('dense2')
  expect(freeId('dense7', new Set(['dense7', 'dense1']))).toBe('dense2')
  expect(freeId('input', new Set())).toBe('input')
  expect(freeId('input', new Set(['input']))).toBe('input1')
  expect(freeId('7', new Set())).toBe('layer1')
})

describe('adding', () => {
  test('alone, at a place', () => {
    const added = addNode(chain, node('c'), [5, 6])
    expect(added.nodes.at(-1)).toEqual(node('c'))
    expect(added.edges).toBe(chain.edges)
    expect(added.positions).toEqual({ c: [5, 6] })
  })

  test('behind a node takes over what followed it', () => {
    const added = insertAfter(chain, node('c'), 'a', arityOf)
    expect(added.nodes.map(({ id }) => id)).toEqual(['input', 'a', 'c', 'b'])
    expect(new Set(added.edges.map(String))).toEqual(new Set(['input,a', 'a,c', 'c,b']))
  })

  test('an input is never fed', () => {
    expect(insertAfter(chain, node('more', 'input'), 'a', arityOf).edges).toEqual(chain.edges)
  })

  test('on a connection keeps the place among the inputs of what follows', () => {
    const added = insertBetween(residual, node('c'), ['a', 'sum'], null)
    expect(added.edges).toEqual([['input', 'a'], ['a', 'c'], ['c', 'sum'], ['input', 'sum']])
  })
})

describe('connecting', () => {
  test('a node that takes one input lets go of the one it has', () => {
    const result = connect(chain, ['input', 'b'], arityOf)
    expect('scene' in result && result.scene.edges).toEqual([['input', 'a'], ['input', 'b']])
  })

  test('a merging node takes one more', () => {
    const result = connect(addNode(residual, node('c'), null), ['c', 'sum'], arityOf)
    expect('scene' in result && result.scene.edges).toEqual([...residual.edges, ['c', 'sum']])
  })

  test.each([
    [['b', 'a'], 'cycle'],
    [['a', 'a'], 'same-node'],
    [['input', 'a'], 'already-connected'],
    [['a', 'input'], 'takes-no-input'],
    [['a', 'nowhere'], 'unknown-node'],
    [['nowhere', 'a'], 'unknown-node'],
  ] as const)('%j is refused: %s', (edge, refused) => expect(connect(chain, edge, arityOf)).toEqual({ refused }))

  test('disconnecting takes that one away', () => {
    expect(disconnect(residual, ['a', 'sum']).edges).toEqual([['input', 'a'], ['input', 'sum']])
  })
})

describe('removing', () => {
  test('a chain stays a chain', () => {
    expect(removeNodes(chain, new Set(['a']))).toEqual(scene([node('input', 'input'), node('b')], [['input', 'b']]))
  })

  test('several neighbors at once', () => {
    const longer = insertAfter(chain, node('c'), 'a', arityOf)
    expect(removeNodes(longer, new Set(['a', 'c'])).edges).toEqual([['input', 'b']])
  })

  test('no connection twice, and the order of inputs stays', () => {
    expect(removeNodes(residual, new Set(['a'])).edges).toEqual([['input', 'sum']])
    const swapped = { ...residual, edges: [['input', 'a'], ['input', 'sum'], ['a', 'sum']] as const, nodes: [...residual.nodes, node('x')] }
    expect(removeNodes({ ...swapped, edges: [['x', 'sum'], ...swapped.edges] }, new Set(['a'])).edges).toEqual([['x', 'sum'], ['input', 'sum']])
  })

  test('what joined several nodes leaves its successors open', () => {
    const followed = insertAfter(residual, node('end'), 'sum', arityOf)
    expect(removeNodes(followed, new Set(['sum'])).edges).toEqual([['input', 'a']])
  })

  test('forgets the place', () => {
    expect(removeNodes({ ...chain, positions: { a: [1, 2], b: [3, 4] } }, new Set(['a'])).positions).toEqual({ b: [3, 4] })
  })
})

describe('renaming', () => {
  test('takes edges and place along, in their order', () => {
    const renamed = rename({ ...chain, positions: { a: [1, 2] } }, 'a', 'hidden')
    expect(renamed).toEqual(scene([node('input', 'input'), node('hidden'), node('b')], [['input', 'hidden'], ['hidden', 'b']], { hidden: [1, 2] }))
  })

  test.each(['b', '', '1st', 'a b', 'x'.repeat(65), '../x', '__proto__'])('%j is refused', (name) => expect(rename(chain, 'a', name)).toBeNull())

  test('to its own name changes nothing', () => expect(rename(chain, 'a', 'a')).toBe(chain))
})

describe('copies', () => {
  test('have free names, their own connections, and a place beside', () => {
    const fragment = copyOf(chain, new Set(['a', 'b']), { input: [0, 0], a: [0, 100], b: [0, 200] })
    const { scene: pasted, ids } = paste(chain, fragment, [200, 0])
    expect(ids).toEqual(['a1', 'b1'])
    expect(pasted.edges).toEqual([...chain.edges, ['a1', 'b1']])
    expect(pasted.positions).toEqual({ a1: [200, 100], b1: [200, 200] })
  })

  test('keep their names where these are free', () => {
    expect(paste(scene([], []), copyOf(chain, new Set(['a']), {}), [0, 0]).ids).toEqual(['a'])
  })

  test('connections that lead out of the fragment are left behind', () => {
    const foreign = { ...copyOf(chain, new Set(['a']), {}), edges: [['a', 'b'] as const] }
    expect(paste(chain, foreign, [0, 0]).scene.edges).toEqual(chain.edges)
  })
})

describe('moving in the list', () => {
  test('takes the node out of the chain and puts it behind another', () => {
    const moved = moveAfter(chain, 'a', 'b', arityOf)
    expect(new Set(moved?.edges.map(String))).toEqual(new Set(['input,b', 'b,a']))
    expect(moved === null ? [] : inOrder(moved).map(({ id }) => id)).toEqual(['input', 'b', 'a'])
  })

  test('keeps the place on the canvas', () => {
    expect(moveAfter({ ...chain, positions: { a: [1, 2] } }, 'a', 'b', arityOf)?.positions).toEqual({ a: [1, 2] })
  })

  test('inputs and joints stay', () => {
    expect(moveAfter(chain, 'input', 'b', arityOf)).toBeNull()
    expect(moveAfter(residual, 'sum', 'input', arityOf)).toBeNull()
    expect(moveAfter(chain, 'a', 'nowhere', arityOf)).toBeNull()
  })

  test('places of unknown nodes are not kept', () => {
    expect(moveNodes(chain, { a: [1, 1], nowhere: [2, 2] }).positions).toEqual({ a: [1, 1] })
  })
})

test('order of execution; what lies on a circle comes last', () => {
  expect(inOrder({ ...residual, nodes: residual.nodes.toReversed() }).map(({ id }) => id)).toEqual(['input', 'a', 'sum'])
  expect(inOrder(scene([node('x'), node('y'), node('z')], [['x', 'y'], ['y', 'x']])).map(({ id }) => id)).toEqual(['z', 'x', 'y'])
})
