import { BrowserWindow, nativeTheme } from 'electron'
import { WINDOW_URL } from './scheme'
import type { WindowState } from './window-state'

export interface WindowOptions {
  readonly state: WindowState
  /** Built preload script. */
  readonly preload: string
  readonly icon: string
  readonly development: boolean
}

/** The smallest size at which nothing is clipped. */
const LEAST = { minWidth: 1024, minHeight: 700 }

export function openWindow({ state, preload, icon, development }: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...state.bounds,
    ...LEAST,
    show: false,
    title: 'Descent',
    icon,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1b1d21' : '#ffffff',
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      devTools: development,
    },
  })
  if (state.maximized) window.maximize()
  state.follow(window)
  window.once('ready-to-show', () => window.show())
  // The page's process died: a new page finds everything at the host.
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason !== 'clean-exit') window.reload()
  })
  void window.loadURL(WINDOW_URL)
  return window
}
