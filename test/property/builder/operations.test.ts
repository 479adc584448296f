import { fc } from '@test/helpers/property'
import { expect, test } from 'vitest'
import type { JsonObject } from '@renderer/stores/edit'
import { undoable } from '@renderer/stores/undo'
import { arrange, NODE_HEIGHT, NODE_WIDTH, placesOf } from '@renderer/builder/layout'
import { EMPTY_SCENE, readScene, writeScene, type Scene } from '@renderer/builder/model'
import { addNode, connect, copyOf, disconnect, freeId, idsOf, inOrder, insertAfter, insertBetween, moveAfter, moveNodes, paste, removeNodes, rename } from '@renderer/builder/operations'
import { arityOf, freshNode } from '@renderer/builder/options'

type Edit = (scene: Scene) => Scene

/** The n-th of a list, whatever n; undefined of an empty one. */
function pick<T>(list: readonly T[], n: number): T | undefined {
  return list[n % Math.max(1, list.length)]
}

const types = fc.constantFrom('input', 'dense', 'conv2d', 'add', 'concatenate', 'dropout', 'flatten')
const n = fc.nat(1000)
const place = fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1000, max: 1000 }))

const added = fc.tuple(types, fc.option(place)).map(([type, at]): Edit => (scene) => addNode(scene, freshNode(type, freeId(type, idsOf(scene))), at))
const inserted = fc.tuple(types, n).map(([type, at]): Edit => (scene) => {
  const after = pick(scene.nodes, at)
  return after === undefined ? scene : insertAfter(scene, freshNode(type, freeId(type, idsOf(scene))), after.id, arityOf)
})
const between = fc.tuple(fc.constantFrom('dense', 'dropout', 'add'), n).map(([type, at]): Edit => (scene) => {
  const edge = pick(scene.edges, at)
  return edge === undefined ? scene : insertBetween(scene, freshNode(type, freeId(type, idsOf(scene))), edge, null)
})
const connected = fc.tuple(n, n).map(([from, to]): Edit => (scene) => {
  const [source, target] = [pick(scene.nodes, from), pick(scene.nodes, to)]
  if (source === undefined || target === undefined) return scene
  const result = connect(scene, [source.id, target.id], arityOf)
  return 'scene' in result ? result.scene : scene
})
const disconnected = n.map((at): Edit => (scene) => {
  const edge = pick(scene.edges, at)
  return edge === undefined ? scene : disconnect(scene, edge)
})
const removed = fc.array(n, { maxLength: 4 }).map((at): Edit => (scene) => removeNodes(scene, new Set(at.flatMap((index) => pick(scene.nodes, index)?.id ?? []))))
const renamed = fc.tuple(n, fc.constantFrom('x', 'y', 'dense1', 'bad name', 'input')).map(([at, name]): Edit => (scene) => {
  const node = pick(scene.nodes, at)
  return node === undefined ? scene : (rename(scene, node.id, name) ?? scene)
})
const copied = fc.array(n, { maxLength: 4 }).map((at): Edit => (scene) => paste(scene, copyOf(scene, new Set(at.flatMap((index) => pick(scene.nodes, index)?.id ?? [])), placesOf(scene)), [10, 10]).scene)
const shifted = fc.tuple(n, n).map(([at, after]): Edit => (scene) => {
  const [node, target] = [pick(scene.nodes, at), pick(scene.nodes, after)]
  return node === undefined || target === undefined ? scene : (moveAfter(scene, node.id, target.id, arityOf) ?? scene)
})
const placed = fc.tuple(n, place).map(([at, to]): Edit => (scene) => {
  const node = pick(scene.nodes, at)
  return node === undefined ? scene : moveNodes(scene, { [node.id]: to })
})

const edits = fc.array(fc.oneof(added, added, inserted, between, connected, connected, disconnected, removed, renamed, copied, shifted, placed), { maxLength: 25 })

function expectSound(scene: Scene): void {
  const ids = scene.nodes.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/)
  for (const [from, to] of scene.edges) {
    expect(ids).toContain(from)
    expect(ids).toContain(to)
  }
  expect(new Set(scene.edges.map(String)).size).toBe(scene.edges.length)
  for (const id of Object.keys(scene.positions)) expect(ids).toContain(id)
  // No circle: an order in which every edge leads forward.
  const order = new Map(inOrder(scene).map(({ id }, index) => [id, index]))
  for (const [from, to] of scene.edges) expect(order.get(from) ?? NaN).toBeLessThan(order.get(to) ?? NaN)
  // Nothing enters an input, and at most one edge a layer that takes one.
  for (const { id, type } of scene.nodes) expect(scene.edges.filter(([, to]) => to === id).length).toBeLessThanOrEqual(arityOf(type)[1])
}

test('any sequence of edits keeps ids unique, edges valid and without circles', () => {
  fc.assert(
    fc.property(edits, (sequence) => {
      let scene = EMPTY_SCENE
      for (const edit of sequence) expectSound((scene = edit(scene)))
    }),
    { numRuns: 300 },
  )
})

test('undo brings back every document on the way, redo the end', () => {
  fc.assert(
    fc.property(edits, (sequence) => {
      const history = undoable<JsonObject>({ format: 1, model: { nodes: [], edges: [] } })
      const seen = [JSON.stringify(history.value.value)]
      let scene = EMPTY_SCENE
      for (const edit of sequence) {
        const next = edit(scene)
        if (next === scene) continue
        scene = next
        history.set(writeScene(history.value.value, scene))
        seen.push(JSON.stringify(history.value.value))
      }
      const end = seen.length - 1
      for (let at = end; at > 0; at--) {
        expect(JSON.stringify(history.value.value)).toBe(seen[at])
        history.undo()
      }
      expect(JSON.stringify(history.value.value)).toBe(seen[0])
      while (history.canRedo.value) history.redo()
      expect(JSON.stringify(history.value.value)).toBe(seen[end])
    }),
  )
})

test('what is written reads back the same', () => {
  fc.assert(
    fc.property(edits, (sequence) => {
      const scene = sequence.reduce((before, edit) => edit(before), EMPTY_SCENE)
      const document = JSON.parse(JSON.stringify(writeScene({ format: 1 }, scene))) as JsonObject
      expect(readScene(document.model, document.view)).toEqual(scene)
    }),
  )
})

test('the automatic layout lets edges lead down and covers nothing', () => {
  fc.assert(
    fc.property(edits, (sequence) => {
      const scene = sequence.reduce((before, edit) => edit(before), EMPTY_SCENE)
      const places = arrange(scene)
      for (const [from, to] of scene.edges) expect(places[from][1]).toBeLessThan(places[to][1])
      scene.nodes.forEach(({ id }, index) => {
        for (const { id: other } of scene.nodes.slice(index + 1)) {
          const apart = Math.abs(places[id][0] - places[other][0]) >= NODE_WIDTH || Math.abs(places[id][1] - places[other][1]) >= NODE_HEIGHT
          expect(apart, `${id} and ${other}`).toBe(true)
        }
      })
    }),
    { numRuns: 60 },
  )
})
