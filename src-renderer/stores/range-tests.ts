import { defineStore } from 'pinia'
import { computed, effectScope, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { RunView } from '@shared/protocol/views'
import { rangeTestDocument, readRangeTest, type RangeResult, type RangeTest } from '@shared/range-test'
import { success, type Issue, type Result } from '@shared/spec'
import { useConnection } from './connection'
import type { Experiment } from './experiments'
import { useLive, type LiveRun } from './live'
import { isActive, useRuns } from './runs'
import { useTraining } from './training'

/** Rate and loss of every update so far. */
export interface RangeCurve {
  readonly rates: readonly number[]
  readonly losses: readonly number[]
}

export interface RangeRun {
  readonly runId: string
  readonly curve: ShallowRef<RangeCurve>
  /** Null before the first update. */
  readonly result: ComputedRef<RangeResult | null>
  readonly busy: ShallowRef<boolean>
  /** Another run has to end first. */
  readonly queued: ComputedRef<boolean>
  /** Why it has no curve. */
  readonly problems: ShallowRef<readonly Issue[]>
  /** Ends it where it is; its curve stays. */
  cancel(): void
}

/** Of the runs of range tests, which nobody wants to keep. */
export const RANGE_TAG = 'range-test'

const COLUMNS = ['learningRate', 'train.loss'] as const

/** Learning-rate range tests. Their runs are of no use afterwards: each is deleted when it ends, wherever the person is then. */
export const useRangeTests = defineStore('rangeTests', () => {
  const connection = useConnection()
  const lives = useLive()
  const runs = useRuns()
  const training = useTraining()

  /** Starts a test of the experiment as it stands. */
  async function begin(experiment: Experiment, test: RangeTest): Promise<Result<RangeRun>> {
    const parsed = experiment.parsed.value
    if (!parsed.ok) return parsed
    experiment.settle()
    const started = await connection.request('runs.start', { document: rangeTestDocument(parsed.value, test), tab: experiment.id, file: experiment.place.value, tags: [RANGE_TAG] })
    return started.ok ? success(follow(started.value.runId)) : started
  }

  function follow(runId: string): RangeRun {
    const { live, release } = lives.watch(runId)
    const curve = shallowRef<RangeCurve>({ rates: [], losses: [] })
    const busy = shallowRef(true)
    const problems = shallowRef<readonly Issue[]>([])
    const scope = effectScope(true)
    scope.run(() => {
      watch(live.version, () => (curve.value = curveOf(live)))
      watch(() => runs.byId.get(runId), (run) => {
        if (run !== undefined && !isActive(run)) void end(run)
      })
    })

    /** What the history holds is the whole curve; the last points may still be on their way here. */
    async function end({ errors }: RunView): Promise<void> {
      scope.stop()
      release()
      const [rates, losses] = await Promise.all(COLUMNS.map(async (key) => Array.from((await connection.request('series.read', { runId, key, maxPoints: 2_000_000 })).values)))
      curve.value = { rates, losses }
      problems.value = losses.length === 0 ? errors : []
      busy.value = false
      await connection.request('runs.delete', { runIds: [runId] })
    }

    const result = computed(() => (curve.value.losses.length === 0 ? null : readRangeTest(curve.value.rates, curve.value.losses)))
    const queued = computed(() => runs.byId.get(runId)?.status === 'queued')
    return { runId, curve, result, busy, queued, problems, cancel: () => void training.control(runId, { type: 'stop', as: 'stopped' }) }
  }

  return { begin }
})

function curveOf({ series }: LiveRun): RangeCurve {
  const [rates, losses] = COLUMNS.map((key) => {
    const own = series.get(key)
    return own === undefined ? [] : Array.from(own.values.subarray(0, own.length))
  })
  return { rates, losses }
}
