import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { useFrame } from '@renderer/stores/frame'

/** The list of all shortcuts, in the room of settings. */
export const useOverview = defineStore('overview', () => {
  const frame = useFrame()
  /** How often it was asked for. */
  const asked = shallowRef(0)

  function show(): void {
    frame.room = 'devices'
    asked.value++
  }

  return { asked, show }
})
