import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { RunView } from '@shared/protocol/views'
import { metricGroups, type MetricGroup } from '@renderer/views/train/now/metric-groups'
import { useRuns } from '@renderer/stores/runs'
import { useSelection } from '@renderer/stores/selection'
import { useSettings } from '@renderer/stores/settings'
import { INITIAL, isCompareSettings, moved, shownCharts, withCharts, type ChartSettings, type CompareSettings, type Part } from './chart-settings'
import type { MetricKeys } from './curves'
import { groupRuns, haveSiblings } from './groups'
import { translations } from '@renderer/locales'
import { valueText } from '@renderer/views/runs/column-words'
import { runLabels } from './labels'

/** What is told below the charts. */
export const DETAILS_TABS = ['results', 'differences', 'parallel'] as const
type DetailsTab = (typeof DETAILS_TABS)[number]

/** What the compare room shows and how. */
export const useCompare = defineStore('compare', () => {
  const selection = useSelection()
  const all = useRuns()
  const settings = useSettings().setting<CompareSettings>('compare.settings', INITIAL, isCompareSettings)
  const tab = useSettings().setting<DetailsTab>('compare.tab', 'results', (value) => DETAILS_TABS.includes(value as DetailsTab))
  /** Groups that are switched off; a solo is all but one. */
  const off = shallowRef<ReadonlySet<string>>(new Set())
  /** Values under the pointer, by curve. */
  const cursor = shallowRef<ReadonlyMap<string, number> | null>(null)

  const runs = computed<readonly RunView[]>((before) => {
    const now = selection.compared.flatMap((id) => all.byId.get(id) ?? [])
    // Others change many times a second while they train.
    return before?.length === now.length && now.every((run, index) => run === before[index]) ? before : now
  })
  const labels = computed(() => runLabels(runs.value))
  const groups = computed(() => groupRuns(runs.value, settings.value.grouping, { labels: labels.value, colorOf: all.colorOf, valueOf: (run, field) => valueText(run, field, translations.global.t) }))
  const shownGroups = computed(() => groups.value.filter(({ id }) => !off.value.has(id)))
  const canGroup = computed(() => haveSiblings(runs.value))

  const metrics = computed<readonly MetricGroup[]>(() => metricGroups(new Set(runs.value.flatMap((run) => Object.keys(run.metrics)))))
  const charts = computed(() => shownCharts(settings.value, metrics.value.map(({ name }) => name)))
  /** Keys of all series that are drawn. */
  const keys = computed(() => [...new Set(charts.value.flatMap(({ metric }) => settings.value.parts.flatMap((part) => keysOf(metric)[part] ?? [])))].sort())

  function keysOf(metric: string): MetricKeys {
    const group = metrics.value.find(({ name }) => name === metric)
    return { train: group?.step ?? null, epoch: group?.epoch ?? null, validation: group?.validation ?? null }
  }

  function change(changes: Partial<CompareSettings>): void {
    settings.value = { ...settings.value, ...changes }
  }

  function changeChart(metric: string, changes: Partial<ChartSettings>): void {
    settings.value = withCharts(settings.value, charts.value.map((chart) => (chart.metric === metric ? { ...chart, ...changes } : chart)))
  }

  function changeAll(changes: Partial<ChartSettings>): void {
    settings.value = withCharts(settings.value, charts.value.map((chart) => ({ ...chart, ...changes })))
  }

  function moveChart(metric: string, to: number): void {
    settings.value = withCharts(settings.value, moved(charts.value, metric, to))
  }

  function showMetrics(names: readonly string[]): void {
    change({ hidden: [...settings.value.hidden.filter((name) => !metrics.value.some((each) => each.name === name)), ...metrics.value.map(({ name }) => name).filter((name) => !names.includes(name))] })
  }

  function togglePart(part: Part): void {
    const { parts } = settings.value
    change({ parts: parts.includes(part) ? parts.filter((each) => each !== part) : [...parts, part] })
  }

  function toggle(id: string): void {
    const next = new Set(off.value)
    if (!next.delete(id)) next.add(id)
    off.value = next
  }

  /** Shows this one only; again: all. */
  function solo(id: string): void {
    const others = groups.value.map((group) => group.id).filter((each) => each !== id)
    const alone = !off.value.has(id) && others.every((each) => off.value.has(each))
    off.value = new Set(alone ? [] : others)
  }

  function remove(ids: readonly string[]): void {
    selection.compared = selection.compared.filter((id) => !ids.includes(id))
  }

  return { settings, tab, runs, labels, groups, shownGroups, canGroup, metrics, charts, keys, off, cursor, keysOf, change, changeChart, changeAll, moveChart, showMetrics, togglePart, toggle, solo, remove }
})
