import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useFrame, type Room } from '@renderer/stores/frame'
import { useSettings } from '@renderer/stores/settings'

/** The room that each step is about. */
const STEPS: readonly Room[] = ['build', 'train', 'runs', 'train']

/** Four steps for newcomers; once dismissed, never again unless asked for. */
export const useTour = defineStore('tour', () => {
  const frame = useFrame()
  const step = useSettings().setting<number>('tour.step', 0, (value) => typeof value === 'number')
  const visible = computed(() => step.value < STEPS.length)

  function next(): void {
    step.value++
    if (visible.value) frame.room = STEPS[step.value]
  }

  function dismiss(): void {
    step.value = STEPS.length
  }

  function restart(): void {
    step.value = 0
    frame.room = STEPS[0]
  }

  return { step, visible, count: STEPS.length, next, dismiss, restart }
})
