import { shallowRef } from 'vue'
import { UNDO_SECONDS } from '@renderer/components/undo-seconds'

/**
 * Deletion with undo: runs vanish from the list at once and are deleted for good when the time is over. Closing the
 * window before that deletes nothing.
 */
export function createDeletion(remove: (runIds: readonly string[]) => void, wait: (action: () => void, milliseconds: number) => () => void) {
  const hidden = shallowRef<ReadonlySet<string>>(new Set())
  let pending: { readonly runIds: readonly string[]; readonly cancel: () => void } | null = null

  function request(runIds: readonly string[]): void {
    commit()
    hidden.value = new Set([...hidden.value, ...runIds])
    pending = { runIds, cancel: wait(commit, UNDO_SECONDS * 1000) }
  }

  function commit(): void {
    if (pending === null) return
    pending.cancel()
    remove(pending.runIds)
    pending = null
  }

  function undo(): void {
    if (pending === null) return
    pending.cancel()
    const restored = new Set(pending.runIds)
    hidden.value = new Set([...hidden.value].filter((id) => !restored.has(id)))
    pending = null
  }

  return { hidden, request, undo }
}
