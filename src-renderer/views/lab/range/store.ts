import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { nextRunColor } from '@shared/lib/run-colors'
import { parseRangeTest, type RangeTest } from '@shared/range-test'
import type { ExperimentDocument, Issue } from '@shared/spec'
import type { JsonObject } from '@renderer/stores/edit'
import { useExperiments, type Experiment } from '@renderer/stores/experiments'
import { useRangeTests, type RangeRun } from '@renderer/stores/range-tests'
import { useSettings } from '@renderer/stores/settings'

/** One test, as it was asked for. */
export interface RangeEntry {
  readonly run: RangeRun
  readonly experiment: Experiment
  readonly color: string
  readonly name: string
  readonly optimizer: ExperimentDocument['training']['optimizer']
  readonly batchSize: ExperimentDocument['training']['batchSize']
  readonly test: RangeTest
}

/** The range tests of this session, over each other: how far optimizers and batch sizes can go. */
export const useRangeLab = defineStore('rangeLab', () => {
  const experiments = useExperiments()
  const tests = useRangeTests()
  const setting = useSettings().setting<JsonObject>('lab.range', {}, (value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  const entries = shallowRef<readonly RangeEntry[]>([])
  const selectedId = shallowRef<string | null>(null)
  const refused = shallowRef<readonly Issue[]>([])

  const parsed = computed(() => parseRangeTest(setting.value))
  const selected = computed(() => entries.value.find(({ run }) => run.runId === selectedId.value) ?? entries.value.at(-1) ?? null)
  const busy = computed(() => entries.value.some(({ run }) => run.busy.value))

  async function start(): Promise<void> {
    const experiment = experiments.active
    if (experiment === null || !parsed.value.ok) return
    const document = experiment.parsed.value
    const begun = await tests.begin(experiment, parsed.value.value)
    refused.value = begun.ok ? [] : begun.issues
    if (!begun.ok || !document.ok) return
    const { optimizer, batchSize } = document.value.training
    const color = nextRunColor(entries.value.map((each) => each.color).reverse())
    entries.value = [...entries.value, { run: begun.value, experiment, color, name: experiment.name.value, optimizer, batchSize, test: parsed.value.value }]
    selectedId.value = begun.value.runId
  }

  function cancel(): void {
    for (const { run } of entries.value) if (run.busy.value) run.cancel()
  }

  function remove({ run }: RangeEntry): void {
    if (run.busy.value) run.cancel()
    entries.value = entries.value.filter((each) => each.run !== run)
  }

  return { setting, entries, selectedId, selected, refused, parsed, busy, start, cancel, remove }
})
