/** What the canvas does on a key, by name. */
export type CanvasCommand =
  | 'next'
  | 'previous'
  | 'left'
  | 'right'
  | 'move-up'
  | 'move-down'
  | 'move-left'
  | 'move-right'
  | 'inspect'
  | 'connect'
  | 'add'
  | 'remove'
  | 'duplicate'
  | 'select-all'
  | 'clear'
  | 'fit'
  | 'tidy'
  | 'zoom-in'
  | 'zoom-out'

export interface Key {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly altKey: boolean
}

const PLAIN: Readonly<Record<string, CanvasCommand>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Enter: 'inspect',
  c: 'connect',
  a: 'add',
  Insert: 'add',
  Delete: 'remove',
  Backspace: 'remove',
  Escape: 'clear',
  f: 'fit',
  l: 'tidy',
  '+': 'zoom-in',
  '=': 'zoom-in',
  '-': 'zoom-out',
}

const SHIFTED: Readonly<Record<string, CanvasCommand>> = {
  ArrowUp: 'move-up',
  ArrowDown: 'move-down',
  ArrowLeft: 'move-left',
  ArrowRight: 'move-right',
  '+': 'zoom-in',
}

/** Copying, cutting and pasting are events of the browser; undo belongs to the whole room. */
const CONTROLLED: Readonly<Record<string, CanvasCommand>> = { a: 'select-all', d: 'duplicate' }

export function canvasCommand({ key, ctrlKey, metaKey, shiftKey, altKey }: Key): CanvasCommand | null {
  if (altKey) return null
  const name = key.length === 1 ? key.toLowerCase() : key
  const table = ctrlKey || metaKey ? CONTROLLED : shiftKey ? SHIFTED : PLAIN
  return Object.hasOwn(table, name) ? table[name] : null
}
