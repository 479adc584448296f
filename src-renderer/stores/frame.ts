import { defineStore } from 'pinia'
import { ROOMS, type Room } from './room-names'
import { useSettings } from './settings'

export { ROOMS, type Room } from './room-names'

/** Which room is shown. Remembered, so that a reload changes nothing. */
export const useFrame = defineStore('frame', () => {
  const room = useSettings().setting<Room>('frame.room', 'build', (value) => ROOMS.includes(value as Room))
  return { room }
})
