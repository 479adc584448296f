import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import type { RunView } from '@shared/protocol/views'
import { useConnection } from '@renderer/stores/connection'
import { useOverlay } from '@renderer/stores/overlay'
import { isActive, useRuns } from '@renderer/stores/runs'
import { useSelection } from '@renderer/stores/selection'
import { useSettings } from '@renderer/stores/settings'
import { runLabels } from '@renderer/views/compare/labels'
import { metricGroups } from '@renderer/views/train/now/metric-groups'
import { eventSteps, MOMENT_KINDS, momentsOf, NO_MOMENTS, type Moments } from './moments'
import { advanced, comfortableSpeed, endOf, neighbor, positionOf, REPLAY_UNITS, stepAt, timelineOf, type ReplayUnit, type Timeline } from './timeline'

const MOST_MARKS = 80

/** Runs that are played as they happened, in step with each other. */
export const useReplay = defineStore('replay', () => {
  const connection = useConnection()
  const all = useRuns()
  const selection = useSelection()
  const overlay = useOverlay()
  const unit = useSettings().setting<ReplayUnit>('replay.unit', 'step', (value) => REPLAY_UNITS.includes(value as ReplayUnit))
  /** α of the moving average. */
  const smoothing = useSettings().setting<number>('replay.smoothing', 0.6, (value) => typeof value === 'number' && value >= 0 && value < 1)
  const position = shallowRef(0)
  const playing = shallowRef(false)
  const chosenSpeed = shallowRef<number | null>(null)
  const moments = shallowRef<ReadonlyMap<string, Moments>>(new Map())

  const runs = computed<readonly RunView[]>(() => selection.replayed.flatMap((id) => all.byId.get(id) ?? []))
  const labels = computed(() => runLabels(runs.value))
  const metrics = computed(() => metricGroups(new Set(runs.value.flatMap((run) => Object.keys(run.metrics)))))
  const keys = computed(() => metrics.value.flatMap(({ step, epoch, validation }) => [step ?? epoch, validation]).filter((key) => key !== null))

  const timelines = computed<readonly Timeline[]>(() => {
    void overlay.version
    return runs.value.map((run) => {
      const [key] = finestKey(run)
      return timelineOf(run, key === undefined ? null : overlay.series(run.id, key))
    })
  })
  const end = computed(() => Math.max(0, ...timelines.value.map((timeline) => endOf(timeline, unit.value))))
  const speed = computed({ get: () => chosenSpeed.value ?? comfortableSpeed(timelines.value), set: (value) => (chosenSpeed.value = value) })
  /** Each run's present step. */
  const steps = computed<ReadonlyMap<string, number>>(() => new Map(timelines.value.map((timeline) => [timeline.runId, stepAt(timeline, unit.value, position.value)])))
  /** Positions of all runs' events, ascending: what stepping by event stops at. */
  const stops = computed(() => {
    const positions = timelines.value.flatMap((timeline) => eventSteps(momentsFor(timeline.runId)).map((step) => positionOf(timeline, unit.value, step)))
    return [...new Set([...positions, 0, end.value])].sort((a, b) => a - b)
  })

  /** What is marked on the track: all stops, or of too many only what a person did. */
  const marks = computed(() => {
    if (stops.value.length <= MOST_MARKS) return stops.value
    return timelines.value.flatMap((timeline) => momentsFor(timeline.runId).log.flatMap(({ kind, step }) => (kind === 'pause' || kind === 'rate' ? [positionOf(timeline, unit.value, step)] : [])))
  })

  function momentsFor(runId: string): Moments {
    return moments.value.get(runId) ?? NO_MOMENTS
  }

  async function load(): Promise<void> {
    const wanted = runs.value.filter((run) => !moments.value.has(run.id) || isActive(run))
    const read = await Promise.all(wanted.map(async ({ id }) => [id, momentsOf(await connection.request('events.read', { runId: id, kinds: [...MOMENT_KINDS] }))] as const))
    const present = new Set(selection.replayed)
    moments.value = new Map([...moments.value, ...read].filter(([id]) => present.has(id)))
  }

  function show(): void {
    overlay.show('replay', runs.value.map(({ id }) => id), [...new Set([...keys.value, ...runs.value.flatMap(finestKey)])])
    void load()
  }

  function seek(to: number): void {
    position.value = Math.max(0, Math.min(end.value, to))
  }

  function tick(elapsed: number): void {
    seek(advanced(position.value, elapsed, speed.value, timelines.value, unit.value))
    if (position.value >= end.value) playing.value = false
  }

  function play(): void {
    if (position.value >= end.value) seek(0)
    playing.value = end.value > 0
  }

  function stepByEvent(direction: -1 | 1): void {
    playing.value = false
    const to = neighbor(stops.value, position.value, direction)
    if (to !== null) seek(to)
  }

  /** One update of the longest run, forth or back. */
  function stepByUpdate(direction: -1 | 1): void {
    playing.value = false
    const longest = timelines.value.reduce<Timeline | null>((best, each) => (best === null || each.totalSteps > best.totalSteps ? each : best), null)
    if (longest !== null) seek(positionOf(longest, unit.value, Math.max(0, (steps.value.get(longest.runId) ?? 0) + direction)))
  }

  /** The same moment of the longest run in another unit. */
  function changeUnit(to: ReplayUnit): void {
    const longest = timelines.value.reduce<Timeline | null>((best, each) => (best === null || each.totalSteps > best.totalSteps ? each : best), null)
    const step = longest === null ? 0 : (steps.value.get(longest.runId) ?? 0)
    unit.value = to
    seek(longest === null ? 0 : positionOf(longest, to, step))
  }

  watch(
    () => selection.replayed,
    () => {
      position.value = 0
      playing.value = false
      chosenSpeed.value = null
    },
  )

  return { unit, smoothing, position, playing, runs, labels, metrics, keys, timelines, end, speed, steps, stops, marks, moments, momentsFor, show, seek, tick, play, stepByEvent, stepByUpdate, changeUnit }
})

/** The metric that was measured most often: it tells when each step was made. */
function finestKey(run: RunView): string[] {
  return Object.entries(run.metrics)
    .sort(([, a], [, b]) => b.count - a.count)
    .slice(0, 1)
    .map(([key]) => key)
}
