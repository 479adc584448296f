import { isObject } from '@renderer/components/form/values'
import { translations } from '@renderer/locales'
import type { Json, Path } from '@renderer/stores/edit'
import { withValue } from '@renderer/stores/edit'
import { below, freeNear, withRoomAt } from './layout'
import { EMPTY_SCENE, readScene, writeScene, type Edge, type Position, type Scene } from './model'
import * as normalization from './normalization'
import * as operations from './operations'
import { arityOf, freshNode } from './options'
import { useBuilder } from './store'

const t = (key: string, args: Readonly<Record<string, string | number>> = {}): string => translations.global.t(`build.${key}`, args)

let clipboard: operations.Fragment | null = null

/** What a person can do to the model, each one edit that can be undone. Says aloud what has happened. */
export function useCommands() {
  const builder = useBuilder()

  const scene = (): Scene => builder.scene ?? EMPTY_SCENE

  function apply(next: Scene, group?: string): void {
    const { experiment } = builder
    if (experiment === null || next === builder.scene) return
    experiment.replace(writeScene(experiment.document.value, next), group)
  }

  /** Positions of all nodes, so that placing one does not move the others. */
  const pinned = (of: Scene): Scene => ({ ...of, positions: { ...builder.places, ...of.positions } })

  /** Adds a layer: at a place where one is given, otherwise behind the selected or the last node. */
  function add(type: string, at: Position | null = null): string {
    const before = scene()
    const id = operations.freeId(type, operations.idsOf(before))
    const node = freshNode(type, id)
    if (at !== null) apply(operations.addNode(pinned(before), node, [Math.round(at[0]), Math.round(at[1])]))
    else apply(appended(before, node))
    builder.goTo(id)
    builder.announce(t('added', { id }))
    return id
  }

  function appended(before: Scene, node: ReturnType<typeof freshNode>): Scene {
    const after = placeToAppend(before)
    if (after === null) return operations.addNode(before, node, null)
    return placedAt(operations.insertAfter(before, node, after, arityOf), node.id, below(builder.places[after]))
  }

  /** Room is made where nodes have places; an automatic layout stays automatic. */
  function placedAt(of: Scene, id: string, at: Position): Scene {
    return Object.keys(of.positions).length === 0 ? of : { ...of, positions: { ...withRoomAt(at, builder.places), [id]: at } }
  }

  /** The one selected node, or the one that nothing follows. */
  function placeToAppend(of: Scene): string | null {
    if (builder.selection.size === 1) return [...builder.selection][0]
    const ends = of.nodes.filter(({ id }) => operations.targetsOf(of, id).length === 0)
    return ends.length === 1 ? ends[0].id : null
  }

  /** Puts a layer on a connection; what takes no input goes beside it. */
  function addBetween(type: string, edge: Edge): void {
    const place = builder.places[edge[1]]
    if (arityOf(type)[1] === 0) return void add(type, place)
    const before = scene()
    const id = operations.freeId(type, operations.idsOf(before))
    apply(placedAt(operations.insertBetween(before, freshNode(type, id), edge, null), id, place))
    builder.goTo(id)
    builder.announce(t('added', { id }))
  }

  /** Puts a batch normalization on the other side of the activation beside it. */
  function changeSides(id: string): void {
    const next = normalization.changeSides(scene(), id, arityOf)
    if (next === null) return
    apply(next)
    builder.announce(t(normalization.placeOf(next, id) === 'before' ? 'normalizedBefore' : 'normalizedAfter', { id }))
  }

  function connect(edge: Edge): boolean {
    const result = operations.connect(scene(), edge, arityOf)
    if ('refused' in result) {
      builder.announce(t(`refused-${result.refused}`, { from: edge[0], to: edge[1] }))
      return false
    }
    apply(result.scene)
    builder.announce(t('connected', { from: edge[0], to: edge[1] }))
    return true
  }

  function remove(): void {
    const { selectedEdge, selection } = builder
    if (selectedEdge !== null) {
      apply(operations.disconnect(scene(), selectedEdge))
      builder.announce(t('disconnected', { from: selectedEdge[0], to: selectedEdge[1] }))
      builder.select([])
      return
    }
    if (selection.size === 0) return
    const [next] = [...selection].flatMap((id) => [...operations.sourcesOf(scene(), id), ...operations.targetsOf(scene(), id)]).filter((id) => !selection.has(id))
    apply(operations.removeNodes(scene(), selection))
    builder.announce(t('removed', { count: selection.size }))
    if (next === undefined) builder.select([])
    else builder.goTo(next)
  }

  function copy(): string | null {
    if (builder.selection.size === 0) return null
    clipboard = operations.copyOf(scene(), builder.selection, builder.places)
    builder.announce(t('copied', { count: clipboard.nodes.length }))
    return JSON.stringify({ 'descent-layers': clipboard })
  }

  function pasteText(text: string): void {
    const fragment = readFragment(text) ?? clipboard
    if (fragment !== null) insert(fragment)
  }

  function duplicate(): void {
    if (builder.selection.size > 0) insert(operations.copyOf(scene(), builder.selection, builder.places))
  }

  function insert(fragment: operations.Fragment): void {
    const offset = freeNear(Object.values(fragment.positions), Object.values(builder.places))
    const { scene: next, ids } = operations.paste(pinned(scene()), fragment, offset)
    apply(next)
    builder.select(ids)
    builder.announce(t('pasted', { count: ids.length }))
  }

  function rename(id: string, name: string): boolean {
    const renamed = operations.rename(scene(), id, name)
    if (renamed === null) return false
    apply(renamed)
    builder.select([name])
    return true
  }

  function move(places: Readonly<Record<string, Position>>, group?: string): void {
    apply(operations.moveNodes(pinned(scene()), places), group)
  }

  /** Back to the automatic layout. */
  function tidy(): void {
    apply({ ...scene(), positions: {} })
    builder.announce(t('tidied'))
  }

  function moveAfter(id: string, after: string): void {
    const moved = operations.moveAfter(scene(), id, after, arityOf)
    if (moved === null) builder.announce(t('refused-move', { id }))
    else apply(moved)
  }

  function selectAll(): void {
    builder.select(scene().nodes.map(({ id }) => id))
    builder.announce(t('selected', { count: builder.selection.size }))
  }

  /**
   * Sets an option, `path` counting the scene's nodes. A document in short form stays so, unless the option is that of
   * the input that it leaves out.
   */
  function editOption(path: Path, value: Json | undefined, group: string): void {
    const { experiment } = builder
    if (experiment === null) return
    const [area, list, index, ...rest] = path
    const raw = Number(index) - (scene().nodes.length - builder.rawCount)
    if (raw >= 0) experiment.edit([area, list, raw, ...rest], value, group)
    else experiment.replace(withValue(writeScene(experiment.document.value, scene()), path, value) as never, group)
  }

  return { changeSides, add, addBetween, connect, remove, copy, pasteText, duplicate, rename, move, moveAfter, tidy, selectAll, editOption }
}

/** Layers that were copied here or in another window; anything else is no fragment. */
function readFragment(text: string): operations.Fragment | null {
  try {
    const value = JSON.parse(text) as Json
    const fragment = isObject(value) ? value['descent-layers'] : undefined
    if (!isObject(fragment)) return null
    return readScene({ nodes: fragment.nodes ?? [], edges: fragment.edges ?? [] }, { nodes: fragment.positions ?? {} })
  } catch {
    return null
  }
}
