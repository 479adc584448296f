import type { Room } from '@renderer/stores/room-names'

/** Rooms that each step is about; the first is where it is told. */
export const STEPS: readonly (readonly [Room, ...Room[]])[] = [['build'], ['train'], ['runs', 'compare'], ['train']]

/** The step after a person went to a room: who goes on alone is followed by one step; other ways lead back to where it was left. */
export function stepOnEntering(step: number, room: Room): number {
  const next = step + 1
  return next < STEPS.length && !isTold(step, room) && isTold(next, room) ? next : step
}

/** Whether the step has something to say in this room. */
export function isTold(step: number, room: Room): boolean {
  return STEPS[step]?.includes(room) ?? false
}
