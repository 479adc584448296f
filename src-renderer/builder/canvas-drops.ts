import type { VueFlowStore } from '@vue-flow/core'
import { shallowRef } from 'vue'
import { useCommands } from './commands'
import { NODE_HEIGHT, NODE_WIDTH } from './layout'
import { edgeId } from './model'
import { LAYER_DRAG, useBuilder } from './store'

/** Layers dropped on the canvas: on a connection they go between, on a node behind it, elsewhere where they fall. */
export function useDrops(flow: Pick<VueFlowStore, 'screenToFlowCoordinate'>) {
  const builder = useBuilder()
  const commands = useCommands()
  /** The connection that a layer is held over. */
  const edge = shallowRef<string | null>(null)

  function edgeAt({ clientX, clientY }: DragEvent): string | null {
    const hit = document.elementsFromPoint(clientX, clientY).map((element) => element.closest('.vue-flow__edge')?.getAttribute('data-id'))
    return hit.find((id) => typeof id === 'string') ?? null
  }

  function over(event: DragEvent): void {
    if (event.dataTransfer?.types.includes(LAYER_DRAG) !== true) return
    event.preventDefault()
    edge.value = edgeAt(event)
  }

  function leave(): void {
    edge.value = null
  }

  function drop(event: DragEvent): void {
    const type = event.dataTransfer?.getData(LAYER_DRAG) ?? ''
    leave()
    if (type === '') return
    event.preventDefault()
    const between = edgeAt(event)
    const connection = builder.scene?.edges.find((each) => edgeId(each) === between)
    const under = (event.target as HTMLElement).closest<HTMLElement>('[data-node]')?.dataset.node
    if (connection !== undefined) return commands.addBetween(type, connection)
    if (under !== undefined) {
      builder.select([under])
      return void commands.add(type)
    }
    const { x, y } = flow.screenToFlowCoordinate({ x: event.clientX, y: event.clientY })
    commands.add(type, [x - NODE_WIDTH / 2, y - NODE_HEIGHT / 2])
  }

  return { edge, over, leave, drop }
}
