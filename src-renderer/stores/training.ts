import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { RunView } from '@shared/protocol/views'
import type { RequestParams } from '@shared/protocol/contract'
import type { Issue } from '@shared/spec'
import { useConnection } from './connection'
import { useExperiments, type Experiment } from './experiments'
import { isActive, useRuns } from './runs'
import { useSettings } from './settings'

type RunControl = RequestParams<'runs.control'>['control']

/** Starting and controlling runs from the experiment they belong to. */
export const useTraining = defineStore('training', () => {
  const connection = useConnection()
  const experiments = useExperiments()
  const runs = useRuns()
  /** Newest run of each tab, so that a reload finds it again. */
  const runOfTab = useSettings().setting<Readonly<Record<string, string>>>('tabs.runs', {}, (value) => typeof value === 'object' && value !== null)
  const refused = shallowRef<readonly Issue[]>([])

  /** Run that the train room shows for the active experiment. */
  const current = computed<RunView | null>(() => {
    const { active } = experiments
    return active === null ? null : (runs.byId.get(runOfTab.value[active.id]) ?? null)
  })
  const currentId = computed(() => (experiments.active === null ? null : (runOfTab.value[experiments.active.id] ?? null)))
  const busy = computed(() => isActive(current.value))

  /** Starts the experiment as it stands. Problems go to `refused`. */
  async function start(experiment: Experiment): Promise<string | null> {
    const parsed = experiment.parsed.value
    if (!parsed.ok) {
      refused.value = parsed.issues
      return null
    }
    experiment.settle()
    const started = await connection.request('runs.start', { document: parsed.value, tab: experiment.id, file: experiment.place.value })
    refused.value = started.ok ? [] : started.issues
    if (!started.ok) return null
    show(experiment, started.value.runId)
    return started.value.runId
  }

  /**
   * The same experiment from several seeds, the document's own first: how much of a difference is chance. Compare groups
   * them by what they share. Stops at the first that is refused; resolves to the runs that were started.
   */
  async function startSeeds(experiment: Experiment, count: number): Promise<readonly string[]> {
    const first = await start(experiment)
    const parsed = experiment.parsed.value
    if (first === null || !parsed.ok) return []
    const started = [first]
    for (let offset = 1; offset < count; offset++) {
      const next = await connection.request('runs.start', { document: { ...parsed.value, seed: parsed.value.seed + offset }, tab: experiment.id, file: experiment.place.value })
      refused.value = next.ok ? [] : next.issues
      if (!next.ok) break
      started.push(next.value.runId)
    }
    return started
  }

  /** Makes a run the one that the train room shows for the experiment. */
  function show(experiment: Experiment, runId: string): void {
    runOfTab.value = { ...runOfTab.value, [experiment.id]: runId }
  }

  async function control(runId: string, command: RunControl): Promise<void> {
    await connection.request('runs.control', { runId, control: command })
  }

  async function resume(runId: string): Promise<void> {
    const resumed = await connection.request('runs.resume', { runId })
    refused.value = resumed.ok ? [] : resumed.issues
  }

  return { current, currentId, busy, refused, start, startSeeds, show, control, resume }
})
