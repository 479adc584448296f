import type { commands } from '@renderer/locales/commands'
import type { Room } from '@renderer/stores/frame'
import type { Shortcut } from './shortcut'

interface RoomKeys {
  readonly room: Room
  /** Keys, any of which does it, and the key of what it does among the texts of commands. */
  readonly keys: readonly (readonly [shortcuts: readonly Shortcut[], does: keyof typeof commands])[]
}

/** Keys that work where a room has the focus, for the overview; the commands' own keys work everywhere. */
export const ROOM_KEYS: readonly RoomKeys[] = [
  {
    room: 'build',
    keys: [
      [['←', '↑', '→', '↓'], 'keysGo'],
      [['Shift+←', 'Shift+↑', 'Shift+→', 'Shift+↓'], 'keysMove'],
      [['A'], 'keysAdd'],
      [['C'], 'keysConnect'],
      [['Enter'], 'keysInspect'],
      [['Delete'], 'keysRemove'],
      [['Mod+A'], 'keysSelectAll'],
      [['Mod+C', 'Mod+X', 'Mod+V'], 'keysClipboard'],
      [['Mod+D'], 'keysDuplicate'],
      [['F', 'L'], 'keysFit'],
      [['+', '−'], 'keysZoom'],
    ],
  },
  {
    room: 'runs',
    keys: [
      [['↑', '↓', 'PageUp', 'PageDown', 'Home', 'End'], 'keysRow'],
      [['Space'], 'keysMark'],
      [['Enter'], 'keysDetails'],
    ],
  },
  {
    room: 'replay',
    keys: [
      [['Space'], 'keysPlay'],
      [['[', ']'], 'keysEvent'],
      [[',', '.'], 'keysUpdate'],
      [['Home', 'End'], 'keysEnds'],
    ],
  },
  {
    room: 'lab',
    keys: [
      [['←', '↑', '→', '↓'], 'keysStart'],
      [['Space'], 'keysPlay'],
    ],
  },
]
