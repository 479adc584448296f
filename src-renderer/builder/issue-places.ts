import { nextTick } from 'vue'
import type { Issue } from '@shared/spec'
import { useFrame } from '@renderer/stores/frame'
import { isTrained } from '@renderer/views/train/seek'
import { layerFields } from './options'
import { useBuilder } from './store'

/** Leads from an issue to where it is mended: its node's field, the node, the Train room's field, or else the text. */
export function useIssuePlaces(): (issue: Issue, nodes: readonly string[]) => Promise<void> {
  const builder = useBuilder()
  const frame = useFrame()

  return async ({ path }, [node]) => {
    if (node === undefined && isTrained(path)) return frame.seek(path)
    frame.room = 'build'
    if (node === undefined) builder.view = 'json'
    else {
      if (builder.view === 'json') builder.view = 'canvas'
      await nextTick()
      const field = path[1] === 'nodes' && typeof path[3] === 'string' ? path[3] : null
      const type = builder.scene?.nodes.find(({ id }) => id === node)?.type
      builder.goTo(node, field !== null && layerFields(type ?? '').some(({ name }) => name === field) ? field : null)
    }
  }
}
