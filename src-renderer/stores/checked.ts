import { defineStore } from 'pinia'
import { computed, shallowReactive, watch } from 'vue'
import { buildPlan, estimateMemory, modelIssues, type DataShape, type MemoryEstimate, type TrainingPlan } from '@shared/compile'
import type { DatasetPreview } from '@shared/protocol/contract'
import { TEACHER_PATH, teacherFeature, teacherPlan } from '@shared/distillation'
import type { Shape } from '@shared/graph'
import { failure, parseDocument, sourceSchema, type Issue, type Result } from '@shared/spec'
import { issue } from '@shared/spec/issue'
import { taughtBy, TeacherCheck } from '../views/distillation/teachers'
import { useConnection } from './connection'
import { useExperiments, type Experiment } from './experiments'
import { useRuns } from './runs'

interface Previewed {
  readonly key: string
  readonly result: Result<DatasetPreview> | null
}

/**
 * What is known about each open experiment beyond its text: its data set's preview, and with it the model's shapes and
 * every problem. The same check that the core makes before training, so that a green window trains.
 */
export const useChecked = defineStore('checked', () => {
  const connection = useConnection()
  const experiments = useExperiments()
  const runs = useRuns()
  const previews = shallowReactive(new Map<string, Previewed>())

  /** Data set, seed and place as text: what a preview depends on. Null while the data set is not valid; the rest may be anything. */
  function keyOf(experiment: Experiment): string | null {
    const source = sourceSchema.safeParse(experiment.document.value)
    return source.success ? JSON.stringify([source.data.dataset, source.data.seed, experiment.place.value]) : null
  }

  async function load(experiment: Experiment, key: string): Promise<void> {
    const { dataset, seed } = sourceSchema.parse(experiment.document.value)
    previews.set(experiment.id, { key, result: previews.get(experiment.id)?.result ?? null })
    const result = await connection.request('dataset.preview', { dataset, seed, tab: experiment.id, file: experiment.place.value })
    if (previews.get(experiment.id)?.key === key) previews.set(experiment.id, { key, result })
  }

  // Another experiment may be on the same data: it has no preview of its own yet.
  watch(
    [() => experiments.activeId, () => (experiments.active === null ? null : keyOf(experiments.active))],
    ([, key]) => {
      const experiment = experiments.active
      if (experiment !== null && key !== null && previews.get(experiment.id)?.key !== key) void load(experiment, key)
    },
    { immediate: true },
  )

  const preview = computed(() => (experiments.active === null ? null : (previews.get(experiments.active.id)?.result ?? null)))

  const data = computed(() => (preview.value?.ok === true ? dataShape(preview.value.value) : null))

  const teacherRun = computed(() => {
    const parsed = experiments.active?.parsed.value
    return parsed?.ok === true ? taughtBy(parsed.value) : null
  })
  const teacher = computed(() => (teacherRun.value === null ? null : (runs.byId.get(teacherRun.value) ?? null)))

  /** What the layer of the run that teaches gives, which the active experiment matches; null where it matches none, or the run
   *  cannot teach at all. */
  const matched = computed<Result<Shape> | null>((before) => {
    const parsed = experiments.active?.parsed.value
    const layer = parsed?.ok === true ? parsed.value.training.distillation?.feature?.teacher : undefined
    if (layer === undefined || teacher.value === null || data.value === null) return null
    const document = parseDocument(teacher.value.document)
    const taught = document.ok ? teacherPlan(teacher.value.id, document.value, data.value) : document
    const found = taught.ok ? teacherFeature(teacher.value.id, taught.value, layer) : null
    // Runs change many times a second: what is the same stays it, and no plan is made anew.
    return JSON.stringify(found) === JSON.stringify(before) ? (before ?? null) : found
  })

  const plan = computed<Result<TrainingPlan> | null>(() => {
    const experiment = experiments.active
    if (experiment === null) return null
    const parsed = experiment.parsed.value
    if (!parsed.ok) {
      // Where the data set itself is not valid, what is shown is the one before.
      const sample = keyOf(experiment) === null ? null : (data.value?.sample ?? null)
      return failure(...parsed.issues, ...modelIssues(experiment.document.value, sample))
    }
    if (preview.value === null) return null
    if (!preview.value.ok) return failure(...preview.value.issues, ...modelIssues(parsed.value, null))
    const { train, validation } = preview.value.value.summary.parts
    return buildPlan(parsed.value, { ...dataShape(preview.value.value), ...(matched.value?.ok === true ? { feature: matched.value.value } : {}) }, train, validation)
  })

  /** Why the run that the active experiment names cannot teach it; null where it can, or nobody teaches. */
  const teacherIssue = computed<Issue | null>(() => {
    const parsed = experiments.active?.parsed.value
    if (teacherRun.value === null || !runs.loaded || parsed?.ok !== true || preview.value?.ok !== true) return null
    if (teacher.value === null) return issue('training-teacher-unknown', TEACHER_PATH, { run: teacherRun.value })
    return new TeacherCheck(parsed.value, preview.value.value.summary).candidate(teacher.value).issue
  })

  /** All problems of the active experiment. */
  const issues = computed<readonly Issue[]>(() => [...issuesOf(plan.value), ...(teacherIssue.value === null ? issuesOf(matched.value) : [teacherIssue.value])])

  /** What a run of the active experiment would need; null while it cannot run. */
  const memory = computed<MemoryEstimate | null>(() => {
    const parsed = experiments.active?.parsed.value
    if (parsed?.ok !== true || plan.value?.ok !== true || preview.value?.ok !== true) return null
    return estimateMemory(plan.value.value, parsed.value.training.batchSize, preview.value.value.summary.parts)
  })

  return { preview, data, plan, issues, memory }
})

function dataShape({ summary }: DatasetPreview): DataShape {
  return { sample: summary.sampleShape, target: summary.target }
}

function issuesOf(result: Result<unknown> | null): readonly Issue[] {
  return result === null || result.ok ? [] : result.issues
}
