/** `Mod` is Ctrl, on Apple machines ⌘: `Mod+Enter`, `Mod+Shift+Z`, `Alt+1`. */
export type Shortcut = string

interface KeyPress {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** Whether the key press is this shortcut. Letters and digits go by their place on the keyboard's layout. */
export function matches(shortcut: Shortcut, press: KeyPress, apple: boolean): boolean {
  const parts = shortcut.split('+')
  const key = parts.at(-1) ?? ''
  const mod = parts.includes('Mod')
  const modified = apple ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey
  const unmodified = !press.ctrlKey && !press.metaKey
  if (mod ? !modified : !unmodified) return false
  if (press.altKey !== parts.includes('Alt') || press.shiftKey !== parts.includes('Shift')) return false
  // With Alt held, some layouts type another letter; the code does not change.
  return press.key.toLowerCase() === key.toLowerCase() || press.code === `Digit${key}` || press.code === `Key${key.toUpperCase()}`
}

export function shortcutText(shortcut: Shortcut, apple: boolean): string {
  return apple ? shortcut.replace('Mod', '⌘').replace('Shift', '⇧').replace('Alt', '⌥').replaceAll('+', '') : shortcut.replace('Mod', 'Ctrl')
}
