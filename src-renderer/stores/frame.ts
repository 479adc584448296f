import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Path } from './edit'
import { ROOMS, type Room } from './room-names'
import { useSettings } from './settings'

export { ROOMS, type Room } from './room-names'

/** Which room is shown, and what to look at in it. The room is remembered, so that a reload changes nothing. */
export const useFrame = defineStore('frame', () => {
  const room = useSettings().setting<Room>('frame.room', 'build', (value) => ROOMS.includes(value as Room))
  /** Where in the document the field is that the Train room is to show. */
  const sought = shallowRef<Path | null>(null)

  /** Shows the field of the data or of training that the path names. */
  function seek(path: Path): void {
    room.value = 'train'
    sought.value = path
  }

  return { room, sought, seek }
})
