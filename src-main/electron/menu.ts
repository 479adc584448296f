import { app, type MenuItemConstructorOptions } from 'electron'
import type { DesktopCommand } from '@shared/protocol/contract'
import type { Say } from './text'

type Item = MenuItemConstructorOptions

export interface MenuOptions {
  readonly say: Say
  readonly apple: boolean
  /** Tools for looking at the page, in programs that run from their sources. */
  readonly development: boolean
  readonly command: (command: DesktopCommand) => void
}

const SEPARATOR: Item = { type: 'separator' }

/** The application's menu as data. */
export function menuTemplate({ say, apple, development, command }: MenuOptions): readonly Item[] {
  // Except on Apple's systems the window itself listens to the keys; the menu only shows them.
  const own = (name: DesktopCommand, accelerator?: string): Item => ({ label: say(name), accelerator, registerAccelerator: apple, click: () => command(name) })
  const role = (name: NonNullable<Item['role']>, label: Parameters<Say>[0]): Item => ({ role: name, label: say(label) })
  return [
    ...(apple ? [{ label: app.name, submenu: appleMenu(say) }] : []),
    {
      label: say('file'),
      submenu: [
        own('newExperiment', 'Alt+N'),
        own('open', 'CommandOrControl+O'),
        SEPARATOR,
        own('save', 'CommandOrControl+S'),
        own('saveAs', 'CommandOrControl+Shift+S'),
        SEPARATOR,
        own('closeTab', 'Alt+W'),
        own('reopenTab', 'Alt+Shift+W'),
        ...(apple ? [] : [SEPARATOR, role('quit', 'quit')]),
      ],
    },
    {
      label: say('edit'),
      submenu: [own('undo', 'CommandOrControl+Z'), own('redo', 'CommandOrControl+Shift+Z'), SEPARATOR, role('cut', 'cut'), role('copy', 'copy'), role('paste', 'paste'), role('selectAll', 'selectAll')],
    },
    {
      label: say('run'),
      submenu: [own('train', 'CommandOrControl+Enter'), own('pause', 'CommandOrControl+P'), own('step', 'CommandOrControl+.'), own('stop', 'CommandOrControl+Shift+.')],
    },
    {
      label: say('view'),
      submenu: [
        own('goBuild', 'Alt+1'),
        own('goTrain', 'Alt+2'),
        own('goRuns', 'Alt+3'),
        own('goCompare', 'Alt+4'),
        own('goReplay', 'Alt+5'),
        own('goLab', 'Alt+6'),
        own('goDevices', 'Alt+7'),
        SEPARATOR,
        own('palette', 'CommandOrControl+K'),
        SEPARATOR,
        role('zoomIn', 'zoomIn'),
        role('zoomOut', 'zoomOut'),
        role('resetZoom', 'resetZoom'),
        role('togglefullscreen', 'fullScreen'),
        ...(development ? [SEPARATOR, role('reload', 'reload'), role('toggleDevTools', 'developerTools')] : []),
      ],
    },
    { label: say('window'), role: 'window', submenu: [role('minimize', 'minimize')] },
    { label: say('help'), role: 'help', submenu: [own('shortcuts', 'Shift+?'), ...(apple ? [] : [role('about', 'about')])] },
  ]
}

function appleMenu(say: Say): Item[] {
  return [{ role: 'about', label: say('about') }, SEPARATOR, { role: 'services' }, SEPARATOR, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }, SEPARATOR, { role: 'quit', label: say('quit') }]
}
