import { shortcutText, type Shortcut } from './shortcut'

/** Whether commands go by ⌘ here, and by Ctrl elsewhere. */
export const apple = navigator.platform.startsWith('Mac')

/** The keys of a shortcut as this machine's keyboard names them. */
export function keysOf(shortcut: Shortcut): string {
  return shortcutText(shortcut, apple)
}
