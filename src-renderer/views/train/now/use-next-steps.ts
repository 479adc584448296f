import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { Issue } from '@shared/spec'
import { useConnection } from '@renderer/stores/connection'
import type { JsonObject } from '@renderer/stores/edit'
import { useExperiments } from '@renderer/stores/experiments'
import { useFrame } from '@renderer/stores/frame'
import { useSelection } from '@renderer/stores/selection'
import { useTraining } from '@renderer/stores/training'
import { withOtherOptimizer } from './other-optimizer'
import { saveFile } from '@renderer/components/save-file'
import type { ShownRun } from './use-run'

/** What one does with a run that has ended. */
export interface NextSteps {
  readonly other: ComputedRef<'sgd' | 'adam' | null>
  /** Other runs of this one's comparison. */
  readonly compared: ComputedRef<number>
  readonly exporting: Ref<boolean>
  readonly refused: ShallowRef<readonly Issue[]>
  /** Trains the same experiment with another optimizer, in a tab of its own, and sets both up to be compared. */
  tryOther(): Promise<void>
  compare(): void
  exportOnnx(): Promise<void>
}

export function useNextSteps(run: ShownRun): NextSteps {
  const connection = useConnection()
  const experiments = useExperiments()
  const training = useTraining()
  const selection = useSelection()
  const frame = useFrame()
  const exporting = ref(false)
  const refused = shallowRef<readonly Issue[]>([])
  /** As it was trained: as the tab has it, unless that was edited since. */
  const document = computed(() => {
    const { active } = experiments
    const parsed = active?.parsed.value
    if (active !== null && parsed?.ok && JSON.stringify(parsed.value) === JSON.stringify(run.view.value?.document)) return active.document.value
    const value = run.view.value?.document
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
  })
  const other = computed(() => (document.value === null ? null : withOtherOptimizer(document.value).optimizer))
  const compared = computed(() => (selection.compared.includes(run.runId) ? selection.compared.length - 1 : 0))

  async function tryOther(): Promise<void> {
    if (document.value === null) return
    const experiment = await experiments.openFromRun(run.runId, withOtherOptimizer(document.value).document)
    const started = await training.start(experiment)
    if (started !== null) selection.compared = [run.runId, started]
  }

  function compare(): void {
    frame.room = 'compare'
  }

  async function exportOnnx(): Promise<void> {
    exporting.value = true
    try {
      const made = await connection.request('exports.create', { runId: run.runId, format: 'onnx' })
      refused.value = made.ok ? [] : made.issues
      if (made.ok) await saveFile(connection, made.value)
    } finally {
      exporting.value = false
    }
  }

  return { other, compared, exporting, refused, tryOther, compare, exportOnnx }
}
