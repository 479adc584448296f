import { describe, expect, test } from 'vitest'
import { lineStarts, readJsonText } from '@renderer/builder/json-text'
import { canvasCommand } from '@renderer/builder/keyboard'
import { rowsOf } from '@renderer/builder/list-rows'
import { below, freeNear, withRoomAt, NODE_HEIGHT, NODE_WIDTH, overlaps, placesOf } from '@renderer/builder/layout'
import type { Scene } from '@renderer/builder/model'
import { neighborOf } from '@renderer/builder/neighbors'
import { search } from '@renderer/builder/search'
import { freshNode, summaryOf } from '@renderer/builder/options'
import { layers, nodeSchema } from '@shared/catalog/layers'

describe('keys of the canvas', () => {
  const plain = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }

  test.each([
    ['ArrowDown', {}, 'next'],
    ['ArrowDown', { shiftKey: true }, 'move-down'],
    ['a', {}, 'add'],
    ['A', {}, 'add'],
    ['Insert', {}, 'add'],
    ['a', { ctrlKey: true }, 'select-all'],
    ['d', { metaKey: true }, 'duplicate'],
    ['Delete', {}, 'remove'],
    ['Enter', {}, 'inspect'],
    ['c', {}, 'connect'],
    ['c', { ctrlKey: true }, null],
    ['z', { ctrlKey: true }, null],
    ['ArrowUp', { altKey: true }, null],
    ['constructor', {}, null],
  ] as const)('%s %j → %s', (key, held, command) => expect(canvasCommand({ ...plain, ...held, key })).toBe(command))
})

describe('where arrow keys lead', () => {
  const scene: Scene = {
    nodes: ['top', 'left', 'right', 'end', 'alone'].map((id) => ({ id, type: 'dense' })),
    edges: [['top', 'left'], ['top', 'right'], ['left', 'end'], ['right', 'end']],
    positions: {},
  }
  const places = { top: [10, 0], left: [0, 100], right: [200, 100], end: [10, 200], alone: [500, 400] } as const

  test.each([
    ['top', 'next', 'left'],
    ['end', 'previous', 'left'],
    ['left', 'right', 'right'],
    ['right', 'left', 'left'],
    ['end', 'next', 'alone'],
    ['alone', 'previous', 'end'],
    ['top', 'previous', null],
    ['left', 'left', null],
  ] as const)('%s %s → %s', (from, direction, to) => expect(neighborOf(scene, places, from, direction)).toBe(to))
})

describe('places', () => {
  const nodes = ['a', 'b', 'c'].map((id) => ({ id, type: 'dense' }))
  const edges = [['a', 'b'], ['a', 'c']] as const

  test('of new nodes are below what they follow, beside each other; placed ones stay', () => {
    const places = placesOf({ nodes, edges, positions: { a: [100, 100] } })
    expect(places.a).toEqual([100, 100])
    expect(places.b[1]).toBeGreaterThanOrEqual(100 + NODE_HEIGHT)
    expect(places.c[1]).toBe(places.b[1])
    expect(overlaps(places.b, places.c)).toBe(false)
  })

  test('make room: what lies there and all below it moves down, what is above or free stays', () => {
    const [above, there, under] = [[0, 0], below([0, 0]), below(below([0, 0]))] as const
    const moved = withRoomAt(there, { above, there, under, aside: [1000, 0] })
    expect(moved).toEqual({ above, there: below(there), under: below(under), aside: [1000, 0] })
    expect(withRoomAt([500, 0], { above, there })).toEqual({ above, there })
  })

  test('of a copy cover nothing', () => {
    const taken = [[0, 0], [NODE_WIDTH + 40, 0]] as const
    const [x, y] = freeNear([[0, 0]], taken)
    expect(taken.some((other) => overlaps([x, y], other))).toBe(false)
    expect(freeNear([], taken)).toEqual([0, 0])
  })
})

test('rows say what feeds them only where it is not the row above', () => {
  const nodes = ['a', 'b', 'c'].map((id) => ({ id, type: 'dense' }))
  expect(rowsOf({ nodes, edges: [['a', 'b'], ['a', 'c']], positions: {} }).map(({ node, from }) => [node.id, from])).toEqual([['a', []], ['b', []], ['c', ['a']]])
})

describe('layers as they are added', () => {
  test.each(layers.map(({ type }) => [type]))('%s is valid at once', (type) => {
    expect(nodeSchema.safeParse(freshNode(type, 'x')).error?.issues ?? []).toEqual([])
  })

  test('and what tells them apart', () => {
    expect(summaryOf(freshNode('conv2d', 'x'))).toEqual(['16 channels', '3×3', 'same', 'relu'])
    expect(summaryOf({ id: 'x', type: 'dense', units: 3, activation: { type: 'elu', alpha: 2 }, useBias: false })).toEqual(['3 units', 'elu'])
    expect(summaryOf({ id: 'x', type: 'noSuchLayer' })).toEqual([])
  })
})

describe('JSON as text', () => {
  const text = '{\n  "model": {\n    "nodes": [\n      { "type": "dense",\n        "units": 0 }\n    ]\n  }\n}'

  test('the line of a value, or of the nearest one above it', () => {
    const { lineOf, mistake } = readJsonText(text)
    expect(mistake).toBeNull()
    expect([lineOf(['model']), lineOf(['model', 'nodes', 0]), lineOf(['model', 'nodes', 0, 'units']), lineOf(['model', 'nodes', 0, 'filters']), lineOf(['training', 'loss'])]).toEqual([2, 4, 5, 4, 1])
  })

  test('the first mistake, with line and column', () => {
    expect(readJsonText('{\n  "a": 1,\n  "b" 2\n}').mistake).toMatchObject({ line: 3, column: 7 })
    expect(readJsonText('{ "a": 1 } // note').mistake).not.toBeNull()
    expect(readJsonText('').mistake).not.toBeNull()
  })

  test('lines begin after every line feed', () => expect(lineStarts('a\nbc\n')).toEqual([0, 2, 5]))
})

describe('searching', () => {
  const items = ['Zero padding|zeroPadding2d', 'Add|add', 'Additive noise|noise', 'Dense|dense'].map((each) => {
    const [title, key] = each.split('|')
    return { key, title, detail: key === 'dense' ? 'Fully connected' : '' }
  })
  const found = (query: string) => search(items, query).map(({ key }) => key)

  test('what is named so comes first, then what begins so, then the rest', () => expect(found('add')).toEqual(['add', 'noise', 'zeroPadding2d']))
  test('every word counts, in any field', () => expect(found('connected dense')).toEqual(['dense']))
  test('nothing typed finds all, in their order', () => expect(found(' ')).toEqual(items.map(({ key }) => key)))
})
