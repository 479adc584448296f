import { useDebounceFn } from '@vueuse/core'
import { defineStore } from 'pinia'
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { WorkspaceTab } from '@shared/protocol/contract'
import { parseDocument, type ExperimentDocument, type Issue, type Result } from '@shared/spec'
import { useConnection } from './connection'
import { valueAt, withValue, type Json, type JsonObject, type Path } from './edit'
import { originOf } from './run-origin'
import { undoable } from './undo'

/** One document open in a tab. */
export interface Experiment {
  readonly id: string
  /** As edited; may have problems. */
  readonly document: ShallowRef<JsonObject>
  /** Validated and normalized, or its issues. */
  readonly parsed: ComputedRef<Result<ExperimentDocument>>
  readonly name: ComputedRef<string>
  readonly file: ShallowRef<string | null>
  /** A path in the folder where the document's relative paths start: its file, or where it came from. */
  readonly place: ComputedRef<string | null>
  readonly modified: ComputedRef<boolean>
  readonly canUndo: ComputedRef<boolean>
  readonly canRedo: ComputedRef<boolean>
  read(path: Path): Json | undefined
  /** One undoable edit; edits of the same group that follow each other are undone as one. */
  edit(path: Path, value: Json | undefined, group?: string): void
  replace(document: JsonObject, group?: string): void
  settle(): void
  undo(): void
  redo(): void
  /** Marks the present text as saved in a file. */
  saved(file: string): void
}

const SAVE_DELAY_MS = 400

/** The open experiments. Every change is kept by the host within half a second. */
export const useExperiments = defineStore('experiments', () => {
  const connection = useConnection()
  const tabs = shallowRef<readonly Experiment[]>([])
  const activeId = shallowRef<string | null>(null)
  /** What was closed since the window opened, and where it stood; the last one last. */
  const closed = shallowRef<readonly { readonly experiment: Experiment; readonly at: number }[]>([])
  const active = computed(() => tabs.value.find((tab) => tab.id === activeId.value) ?? null)

  let unstored = false
  /** Until then the host has tabs that this window does not know: they must not be written over. */
  let restored = false

  /** For a window that goes away right after a change. */
  async function storeNow(): Promise<void> {
    if (!unstored || !restored) return
    unstored = false
    await connection.request('workspace.write', { tabs: tabs.value.map(asTab), active: activeId.value })
  }

  const storeSoon = useDebounceFn(storeNow, SAVE_DELAY_MS)

  function store(): void {
    unstored = true
    void storeSoon()
  }

  function open(document: JsonObject, options: Partial<Omit<WorkspaceTab, 'text'>> = {}): Experiment {
    const experiment = createExperiment(document, { id: crypto.randomUUID(), file: null, origin: null, savedText: null, ...options }, store)
    tabs.value = [...tabs.value, experiment]
    activate(experiment.id)
    return experiment
  }

  /** Opens what came out of a run: its relative paths start where the run's did. */
  async function openFromRun(runId: string, document: JsonObject): Promise<Experiment> {
    return open(document, { origin: await originOf(connection, runId) })
  }

  function activate(id: string): void {
    activeId.value = id
    store()
  }

  function close(id: string): void {
    const at = tabs.value.findIndex((tab) => tab.id === id)
    if (at === -1) return
    closed.value = [...closed.value, { experiment: tabs.value[at], at }]
    tabs.value = tabs.value.toSpliced(at, 1)
    if (activeId.value === id) activeId.value = (tabs.value[at] ?? tabs.value.at(-1))?.id ?? null
    store()
  }

  /** Takes the last closing back, with all that can be undone in the experiment. */
  function reopen(): void {
    const last = closed.value.at(-1)
    if (last === undefined) return
    closed.value = closed.value.slice(0, -1)
    tabs.value = tabs.value.toSpliced(last.at, 0, last.experiment)
    activate(last.experiment.id)
  }

  /** What was open last time, the sample experiment the first time; before what was opened while the host was being asked, which stays active. */
  async function restore(): Promise<void> {
    const workspace = await connection.request('workspace.read', {})
    const former = workspace.tabs.length > 0 ? workspace.tabs : [{ id: crypto.randomUUID(), text: await connection.request('examples.read', { name: 'digits-mlp' }), file: null, savedText: null }]
    const early = tabs.value
    tabs.value = [...former.map((tab) => createExperiment(asObject(tab.text), tab, store)), ...early]
    if (early.length === 0) activeId.value = former.find(({ id }) => id === workspace.active)?.id ?? former[0].id
    restored = true
    store()
  }

  return { tabs, closed, active, activeId, open, openFromRun, activate, close, reopen, restore, storeNow }
})

function createExperiment(initial: JsonObject, { id, file: initialFile, origin = null, savedText }: Omit<WorkspaceTab, 'text'>, changed: () => void): Experiment {
  const past = undoable(initial)
  const file = shallowRef(initialFile)
  const saved = shallowRef(savedText)
  const text = computed(() => JSON.stringify(past.value.value, null, 2))
  const parsed = computed(() => parseDocument(past.value.value))
  const change = (next: JsonObject, group: string | undefined): void => {
    past.set(next, group ?? null)
    changed()
  }
  return {
    id,
    document: past.value,
    parsed,
    file,
    place: computed(() => file.value ?? origin),
    name: computed(() => String(past.value.value.name ?? 'experiment')),
    modified: computed(() => saved.value !== text.value),
    canUndo: past.canUndo,
    canRedo: past.canRedo,
    read: (path) => valueAt(past.value.value, path),
    edit: (path, value, group) => change(withValue(past.value.value, path, value) as JsonObject, group),
    replace: change,
    settle: past.settle,
    undo: () => {
      past.undo()
      changed()
    },
    redo: () => {
      past.redo()
      changed()
    },
    saved: (path) => {
      file.value = path
      saved.value = text.value
      changed()
    },
  }
}

function asTab(experiment: Experiment): WorkspaceTab {
  const text = JSON.stringify(experiment.document.value, null, 2)
  return { id: experiment.id, text, file: experiment.file.value, origin: experiment.file.value === null ? experiment.place.value : null, savedText: experiment.modified.value ? null : text }
}

/** A text that is no object is kept under `unreadable`, so that nothing a person typed is lost. */
function asObject(text: string): JsonObject {
  try {
    const value = JSON.parse(text) as Json
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  } catch {
    // Falls through: shown as text.
  }
  return { unreadable: text }
}

/** Issues at or below a path, for the field or node that shows them. */
export function issuesAt(issues: readonly Issue[], path: Path): readonly Issue[] {
  return issues.filter((issue) => path.every((key, index) => String(issue.path[index]) === String(key)))
}
