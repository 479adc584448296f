import type { VueFlowStore } from '@vue-flow/core'
import { useCommands } from './commands'
import type { CanvasCommand } from './keyboard'
import { neighborOf } from './neighbors'
import type { PickerKind } from './pickers'
import { useBuilder } from './store'

const NUDGE = 16

interface CanvasHands {
  readonly flow: Pick<VueFlowStore, 'zoomIn' | 'zoomOut'>
  focusNode(id: string): void
  open(kind: PickerKind): void
  fit(): void
}

/** Does on the canvas what a key asks for. */
export function useCanvasKeys({ flow, focusNode, open, fit }: CanvasHands): (command: CanvasCommand) => void {
  const builder = useBuilder()
  const commands = useCommands()

  function go(direction: 'next' | 'previous' | 'left' | 'right'): void {
    const { scene, places } = builder
    if (scene === null || scene.nodes.length === 0) return
    const from = [...builder.selection].at(-1)
    const to = from === undefined ? scene.nodes[0].id : neighborOf(scene, places, from, direction)
    if (to === null) return
    builder.goTo(to)
    focusNode(to)
  }

  function nudge(x: number, y: number): void {
    const { places } = builder
    const moved = [...builder.selection].map((id) => [id, [places[id][0] + x, places[id][1] + y]] as const)
    if (moved.length > 0) commands.move(Object.fromEntries(moved), 'nudge')
  }

  return (command) => {
    switch (command) {
      case 'next':
      case 'previous':
      case 'left':
      case 'right':
        return go(command)
      case 'move-up':
        return nudge(0, -NUDGE)
      case 'move-down':
        return nudge(0, NUDGE)
      case 'move-left':
        return nudge(-NUDGE, 0)
      case 'move-right':
        return nudge(NUDGE, 0)
      case 'inspect':
        if (builder.selection.size === 1) builder.goTo([...builder.selection][0], '')
        return
      case 'connect':
        return open('connect')
      case 'add':
        return open('add')
      case 'remove':
        return commands.remove()
      case 'duplicate':
        return commands.duplicate()
      case 'select-all':
        return commands.selectAll()
      case 'clear':
        return builder.select([])
      case 'fit':
        return fit()
      case 'tidy':
        return commands.tidy()
      case 'zoom-in':
        return void flow.zoomIn()
      case 'zoom-out':
        return void flow.zoomOut()
    }
  }
}
