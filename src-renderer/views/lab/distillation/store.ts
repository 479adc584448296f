import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { RequestParams, RequestResults } from '@shared/protocol/contract'
import type { DistillationDocument, Issue } from '@shared/spec'
import { featureSchema } from '@shared/spec/distillation'
import { parseBy } from '@shared/spec/zod-issues'
import { useConnection } from '@renderer/stores/connection'
import type { JsonObject } from '@renderer/stores/edit'
import { useExperiments } from '@renderer/stores/experiments'
import { useFrame } from '@renderer/stores/frame'
import { isActive, useRuns } from '@renderer/stores/runs'
import { useSettings } from '@renderer/stores/settings'
import type { Compared } from './comparison'

export interface DistillationSetting extends Pick<DistillationDocument, 'alpha' | 'temperature'> {
  /** A run, an open experiment that is trained first, or an ONNX file (null: not chosen yet); null: not chosen yet. */
  readonly teacher: { readonly run: string } | { readonly tab: string } | { readonly file: string | null } | null
  /** Layers that are matched, as a document has them; null: none. */
  readonly feature: JsonObject | null
  /** Id of the tab whose experiment learns; null: the one in front. */
  readonly student: string | null
  readonly seeds: number
  /** What was started last. */
  readonly compared: Compared | null
}

const FIRST: DistillationSetting = { teacher: null, student: null, feature: null, alpha: 0.5, temperature: 4, seeds: 3, compared: null }

type Outcome = RequestResults['distillation.compare']

/** A student with a teacher and alone: what is to be trained, and how it came out. Kept by the host. */
export const useDistillation = defineStore('distillation', () => {
  const connection = useConnection()
  const experiments = useExperiments()
  const frame = useFrame()
  const runs = useRuns()
  const settings = useSettings()
  const kept = settings.setting<Partial<DistillationSetting>>('lab.distillation', {}, (value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  const tool = settings.setting<string>('lab.tool', 'surfaces', (value) => typeof value === 'string')
  const setting = computed<DistillationSetting>(() => ({ ...FIRST, ...kept.value }))
  const refused = shallowRef<readonly Issue[]>([])
  /** Null until all runs have ended and were measured. */
  const outcome = shallowRef<Outcome | null>(null)

  const student = computed(() => experiments.tabs.find(({ id }) => id === setting.value.student) ?? experiments.active)
  const ids = computed(() => {
    const { compared } = setting.value
    return compared === null ? [] : [...compared.teacher, ...compared.distilled, ...compared.alone]
  })
  const unfinished = computed(() => ids.value.filter((id) => isActive(runs.byId.get(id) ?? null)))

  /** What is left out, or undefined, is the default again. */
  function change(changes: Partial<DistillationSetting>): void {
    kept.value = Object.fromEntries(Object.entries({ ...kept.value, ...changes }).filter(([, value]) => value !== undefined))
  }

  /** Shows the tool with this run as teacher. */
  function teach(runId: string): void {
    show({ teacher: { run: runId }, feature: null })
  }

  function show(changes: Partial<DistillationSetting>): void {
    change(changes)
    tool.value = 'distillation'
    frame.room = 'lab'
  }

  async function start(): Promise<void> {
    const { teacher: chosen, alpha, temperature, seeds, feature } = setting.value
    const learner = student.value?.parsed.value
    if (chosen === null || learner === undefined) return
    const teacher = teacherOf(chosen)
    if (!learner.ok || teacher === null) {
      refused.value = learner.ok ? [] : learner.issues
      return
    }
    const matched = feature === null ? null : parseBy(featureSchema, feature)
    if (matched?.ok === false) {
      refused.value = matched.issues
      return
    }
    student.value?.settle()
    const started = await connection.request('distillation.start', { teacher, student: learner.value, alpha, temperature, seeds, ...(matched === null ? {} : { feature: matched.value }) })
    refused.value = started.ok ? [] : started.issues
    if (!started.ok) return
    change({ compared: started.value })
    void follow()
  }

  function teacherOf(chosen: NonNullable<DistillationSetting['teacher']>): RequestParams<'distillation.start'>['teacher'] | null {
    if ('run' in chosen) return chosen
    if ('file' in chosen) return chosen.file === null ? null : { file: chosen.file, studentTab: student.value?.id ?? '' }
    const parsed = experiments.tabs.find(({ id }) => id === chosen.tab)?.parsed.value
    if (parsed?.ok === false) refused.value = parsed.issues
    return parsed?.ok === true ? { document: parsed.value, tab: chosen.tab } : null
  }

  function stop(): void {
    for (const runId of [...unfinished.value].reverse()) void connection.request('runs.control', { runId, control: { type: 'stop', as: 'stopped' } })
  }

  /** Waits for what was started last and looks at how it came out. */
  async function follow(): Promise<void> {
    const { compared } = setting.value
    outcome.value = null
    if (compared === null) return
    const found = await connection.request('distillation.compare', compared)
    // Another may have been started meanwhile.
    if (JSON.stringify(setting.value.compared) === JSON.stringify(compared)) outcome.value = found
  }

  return { kept, setting, student, ids, unfinished, refused, outcome, change, teach, show, start, stop, follow }
})
