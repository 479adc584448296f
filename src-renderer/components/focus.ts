import { nextTick } from 'vue'

/** Of the element that holds the room that is shown. */
export const ROOM_ID = 'room'

/** Gives the focus to the room that will have been drawn: the next key is for what is in it. */
export async function focusRoom(): Promise<void> {
  await nextTick()
  document.getElementById(ROOM_ID)?.focus({ preventScroll: true })
}
