import { useThrottleFn } from '@vueuse/core'
import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { findingsOf, type Curve, type Evidence, type Finding } from '@shared/catalog/findings'
import { layerHistories, measuredOf, type LayerHistory, type Measured } from '@shared/diagnostics/measured'
import type { TrainingNotice } from '@shared/protocol/contract'
import type { RunFacts } from '@shared/protocol/training'
import { parseDocument } from '@shared/spec'
import { useConnection } from '@renderer/stores/connection'
import type { LiveRun } from '@renderer/stores/live'
import { factsOf } from '@renderer/stores/recorded'
import { useRuns } from '@renderer/stores/runs'

/** What a run's diagnostics show. */
export interface ShownDiagnostics {
  readonly runId: string
  readonly measured: ShallowRef<readonly Measured[]>
  readonly layers: ComputedRef<readonly LayerHistory[]>
  readonly findings: ShallowRef<readonly Finding[]>
}

/** While a run trains, measurements are shown and findings looked for at most this often. */
const LOOK_MS = 1000
/** Points of a curve that is read for findings. */
const POINTS = 20_000
const CURVES = ['train.loss', 'epoch.loss', 'val.loss'] as const

/** A run's measurements and findings: recorded ones, and with `live` also those that come. */
export function useDiagnostics(runId: string, live: LiveRun | null = null): ShownDiagnostics {
  const connection = useConnection()
  const runs = useRuns()
  const measured = shallowRef<readonly Measured[]>([])
  const findings = shallowRef<readonly Finding[]>([])
  const facts = shallowRef<RunFacts | null>(null)
  const curves = shallowRef<ReadonlyMap<string, Curve>>(new Map())
  const view = computed(() => runs.byId.get(runId) ?? null)
  const layers = computed(() => layerHistories(measured.value))

  async function read(): Promise<void> {
    const events = await connection.request('events.read', { runId, kinds: ['diagnostics', 'prepared'] })
    const found = measuredOf(events.filter(({ kind }) => kind === 'diagnostics'))
    // What came live meanwhile is newer.
    const last = found.at(-1)?.step ?? -1
    measured.value = [...found, ...measured.value.filter(({ step }) => step > last)]
    facts.value = factsOf(events)
    if (live === null) await readCurves()
    look()
  }

  async function readCurves(): Promise<void> {
    const slices = await Promise.all(CURVES.map(async (key) => [key, await connection.request('series.read', { runId, key, maxPoints: POINTS })] as const))
    curves.value = new Map(slices.filter(([, { steps }]) => steps.length > 0))
  }

  function curveOf(key: string): Curve | null {
    if (live === null) return curves.value.get(key) ?? null
    const series = live.series.get(key)
    return series === undefined || series.length === 0 ? null : series
  }

  function look(): void {
    const parsed = view.value === null ? null : parseDocument(view.value.document)
    if (parsed === null || !parsed.ok || view.value === null) return
    const known = live?.facts.value ?? facts.value
    const evidence: Evidence = {
      document: parsed.value,
      facts: known === null ? null : { stepsPerEpoch: known.stepsPerEpoch, batchSize: known.batchSize, trainingRows: known.rows.train },
      errors: view.value.errors,
      measured: measured.value,
      layers: layers.value,
      curve: curveOf,
    }
    findings.value = findingsOf(evidence)
  }

  watch(() => connection.state, (state) => {
    if (state === 'open') void read()
  }, { immediate: true })
  const lookSoon = useThrottleFn(look, LOOK_MS, true)
  watch([() => view.value?.status, () => view.value?.errors.length], () => void lookSoon())
  if (live !== null) {
    const arrived: Measured[] = []
    const showSoon = useThrottleFn(() => (measured.value = withMeasured(measured.value, arrived.splice(0))), LOOK_MS, true)
    // Measurements may be shown after the last point came.
    watch([live.version, measured], () => void lookSoon())
    let seen: TrainingNotice | undefined
    watch(live.notices, (notices) => {
      const from = seen === undefined ? 0 : notices.lastIndexOf(seen) + 1
      const fresh = notices.slice(from).flatMap((notice) => (notice.type === 'diagnostics' ? [{ step: notice.step, record: notice.record }] : []))
      seen = notices.at(-1)
      if (fresh.length === 0) return
      arrived.push(...fresh)
      void showSoon()
    }, { immediate: true })
  }
  return { runId, measured, layers, findings }
}

/** A run that went back to a checkpoint measures again what it had measured: what comes later in `fresh` counts. */
export function withMeasured(known: readonly Measured[], fresh: readonly Measured[]): readonly Measured[] {
  const all = [...known]
  for (const each of fresh) {
    while (all.length > 0 && all[all.length - 1].step >= each.step) all.pop()
    all.push(each)
  }
  return all
}
