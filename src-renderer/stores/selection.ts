import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { useSettings } from './settings'

/** Which runs are marked in the table, which one is shown in detail, and which are laid over each other and replayed. */
export const useSelection = defineStore('selection', () => {
  const marked = shallowRef<ReadonlySet<string>>(new Set())
  const focused = shallowRef<string | null>(null)
  const compared = useSettings().setting<readonly string[]>('compare.runs', [], Array.isArray)
  const replayed = useSettings().setting<readonly string[]>('replay.runs', [], Array.isArray)

  function toggle(id: string): void {
    const next = new Set(marked.value)
    if (!next.delete(id)) next.add(id)
    marked.value = next
  }

  return { marked, focused, compared, replayed, toggle }
})
