import { defineStore } from 'pinia'
import { computed, watch } from 'vue'
import { useFrame } from '@renderer/stores/frame'
import { useSettings } from '@renderer/stores/settings'
import { isTold, stepOnEntering, STEPS } from './tour-steps'

/** Four steps for newcomers, each told in its room; once dismissed, never again unless asked for. */
export const useTour = defineStore('tour', () => {
  const frame = useFrame()
  const step = useSettings().setting<number>('tour.step', 0, (value) => typeof value === 'number')
  const visible = computed(() => isTold(step.value, frame.room))

  watch(
    () => frame.room,
    (room) => {
      const next = stepOnEntering(step.value, room)
      if (next !== step.value) step.value = next
    },
  )

  function next(): void {
    step.value++
    if (step.value < STEPS.length) [frame.room] = STEPS[step.value]
  }

  function dismiss(): void {
    step.value = STEPS.length
  }

  function restart(): void {
    step.value = 0
    frame.room = STEPS[0][0]
  }

  return { step, visible, count: STEPS.length, next, dismiss, restart }
})
