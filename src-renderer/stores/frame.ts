import { defineStore } from 'pinia'
import { useSettings } from './settings'

/** The rooms of the workbench, in the order of the rail. */
export const ROOMS = ['build', 'train', 'runs', 'compare', 'replay', 'lab', 'devices'] as const
export type Room = (typeof ROOMS)[number]

/** Which room is shown. Remembered, so that a reload changes nothing. */
export const useFrame = defineStore('frame', () => {
  const room = useSettings().setting<Room>('frame.room', 'build', (value) => ROOMS.includes(value as Room))
  return { room }
})
