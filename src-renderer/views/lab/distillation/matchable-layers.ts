import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import type { Shape } from '@shared/graph'
import { parseDocument, type ExperimentDocument } from '@shared/spec'
import { useConnection } from '@renderer/stores/connection'
import { useExperiments } from '@renderer/stores/experiments'
import { useRuns } from '@renderer/stores/runs'
import { layerChoices, type LayerChoice } from '@renderer/views/distillation/layers'
import { useDistillation } from './store'

export interface MatchableLayers {
  /** Null: a file's, which are not known. */
  readonly teacher: readonly LayerChoice[] | null
  readonly student: readonly LayerChoice[]
}

/** The layers of the chosen teacher and student, for samples of the data that both learn; null while that is not known. */
export function useMatchableLayers(): ComputedRef<MatchableLayers | null> {
  const connection = useConnection()
  const experiments = useExperiments()
  const runs = useRuns()
  const distillation = useDistillation()
  const sample = shallowRef<Shape | null>(null)

  const run = computed(() => {
    const { teacher } = distillation.setting
    return teacher !== null && 'run' in teacher ? teacher.run : null
  })
  /** The experiment whose data is learned, where that is no run's. */
  const source = computed(() => {
    const { teacher } = distillation.setting
    if (teacher === null || 'run' in teacher) return null
    return 'tab' in teacher ? (experiments.tabs.find(({ id }) => id === teacher.tab) ?? null) : distillation.student
  })
  const sourceData = computed(() => {
    const parsed = source.value?.parsed.value
    return parsed?.ok === true && source.value !== null ? { dataset: parsed.value.dataset, seed: parsed.value.seed, tab: source.value.id, file: source.value.place.value } : null
  })

  async function sampleOf(): Promise<Shape | null> {
    if (run.value !== null) {
      const [prepared] = await connection.request('events.read', { runId: run.value, kinds: ['prepared'], newest: 1 })
      return (prepared?.data as { readonly sampleShape?: Shape } | null | undefined)?.sampleShape ?? null
    }
    const preview = sourceData.value === null ? null : await connection.request('dataset.preview', sourceData.value)
    return preview?.ok === true ? preview.value.summary.sampleShape : null
  }

  watch(
    () => JSON.stringify([run.value, sourceData.value]),
    async (asked) => {
      const found = await sampleOf()
      if (asked === JSON.stringify([run.value, sourceData.value])) sample.value = found
    },
    { immediate: true },
  )

  const teacherDocument = computed<ExperimentDocument | null>(() => {
    const parsed = run.value === null ? source.value?.parsed.value : parseDocument(runs.byId.get(run.value)?.document)
    return parsed?.ok === true ? parsed.value : null
  })

  return computed(() => {
    const learner = distillation.student?.parsed.value
    const { teacher } = distillation.setting
    if (sample.value === null || teacherDocument.value === null || learner?.ok !== true || teacher === null) return null
    return { teacher: 'file' in teacher ? null : layerChoices(teacherDocument.value, sample.value), student: layerChoices(learner.value, sample.value) }
  })
}
