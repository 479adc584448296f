import { useExperiments } from '@renderer/stores/experiments'
import { useFrame } from '@renderer/stores/frame'
import { useTraining } from '@renderer/stores/training'

/** What buttons, keys and the palette do with the active experiment and its run; nothing where there is none. */
export function useRunControls() {
  const experiments = useExperiments()
  const frame = useFrame()
  const training = useTraining()

  async function train(): Promise<void> {
    if (experiments.active === null) return
    // At once: whoever goes elsewhere meanwhile is not called back.
    frame.room = 'train'
    await training.start(experiments.active)
  }

  function control(type: 'pause' | 'resume' | 'step'): void {
    if (training.currentId !== null) void training.control(training.currentId, { type })
  }

  function stop(): void {
    if (training.currentId !== null) void training.control(training.currentId, { type: 'stop', as: 'stopped' })
  }

  return { train, control, stop }
}
