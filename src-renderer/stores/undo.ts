import { computed, shallowRef } from 'vue'

interface Entry<T> {
  readonly before: T
  /** Edits with the same group that follow each other are undone as one: dragging a slider, typing a word. */
  readonly group: string | null
}

const LIMIT = 500

/** A value with its past. Values are immutable and share structure, so that the past costs little. */
export function undoable<T>(initial: T) {
  const value = shallowRef(initial)
  const past = shallowRef<readonly Entry<T>[]>([])
  const future = shallowRef<readonly T[]>([])

  function set(next: T, group: string | null = null): void {
    if (next === value.value) return
    const last = past.value.at(-1)
    const continues = group !== null && last?.group === group && future.value.length === 0
    if (!continues) past.value = [...past.value.slice(-LIMIT + 1), { before: value.value, group }]
    value.value = next
    future.value = []
  }

  /** The next edit starts a group of its own. */
  function settle(): void {
    const last = past.value.at(-1)
    if (last !== undefined && last.group !== null) past.value = [...past.value.slice(0, -1), { ...last, group: null }]
  }

  function undo(): void {
    const last = past.value.at(-1)
    if (last === undefined) return
    past.value = past.value.slice(0, -1)
    future.value = [...future.value, value.value]
    value.value = last.before
  }

  function redo(): void {
    const next = future.value.at(-1)
    if (next === undefined) return
    future.value = future.value.slice(0, -1)
    past.value = [...past.value, { before: value.value, group: null }]
    value.value = next
  }

  return { value, set, settle, undo, redo, canUndo: computed(() => past.value.length > 0), canRedo: computed(() => future.value.length > 0) }
}
