import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { PortMain } from './carriers'

/**
 * A stand-in with Electron's shapes, for tests of the shell where Electron's binary is not: what the shell asks of it is
 * recorded, what a person or the system would do is called by the test.
 */

export class CancelableEvent {
  defaultPrevented = false
  preventDefault(): void {
    this.defaultPrevented = true
  }
}

class App extends EventEmitter {
  name = 'Descent'
  isPackaged = false
  locale = 'en-US'
  sandboxed = false
  /** Whether another Descent runs already. */
  second = false
  quits = 0
  exitCode: number | null = null
  ready = Promise.resolve()

  requestSingleInstanceLock(): boolean {
    return !this.second
  }
  enableSandbox(): void {
    this.sandboxed = true
  }
  async whenReady(): Promise<void> {
    await this.ready
  }
  getLocale(): string {
    return this.locale
  }
  getAppMetrics(): readonly object[] {
    return [
      { pid: process.pid, memory: { workingSetSize: 1 } },
      { pid: -1, memory: { workingSetSize: 1000 } },
    ]
  }
  /** As Electron: asks everyone, and ends where nobody objects. */
  quit(): void {
    this.quits++
    const event = new CancelableEvent()
    this.emit('before-quit', event)
    if (!event.defaultPrevented) this.exitCode ??= 0
  }
  exit(code: number): void {
    this.exitCode = code
  }
}
export const app = new App()

export class Frame {
  readonly received: { readonly channel: string; readonly ports: readonly MessagePort[] }[] = []
  constructor(readonly url: string) {}
  postMessage(channel: string, _message: unknown, ports: readonly PortOfWindow[]): void {
    this.received.push({ channel, ports: ports.map(({ port }) => port) })
  }
}

export class WebContents extends EventEmitter {
  mainFrame = new Frame('about:blank')
  windowOpenHandler: ((details: { readonly url: string }) => { readonly action: string }) | null = null
  setWindowOpenHandler(handler: typeof this.windowOpenHandler): void {
    this.windowOpenHandler = handler
  }
  getURL(): string {
    return this.mainFrame.url
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly all: BrowserWindow[] = []
  readonly webContents = new WebContents()
  readonly calls: string[] = []
  bounds = { x: 10, y: 20, width: 1200, height: 800 }
  maximized = false
  destroyed = false

  constructor(readonly options: Readonly<Record<string, unknown>>) {
    super()
    BrowserWindow.all.push(this)
    app.emit('web-contents-created', new CancelableEvent(), this.webContents)
  }
  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame = new Frame(url)
    await Promise.resolve()
    this.emit('ready-to-show')
  }
  /** As a person does. */
  userCloses(): void {
    const event = new CancelableEvent()
    this.emit('close', event)
    if (event.defaultPrevented) return
    this.destroyed = true
    this.emit('closed')
    app.emit('window-all-closed')
  }
  show = (): void => void this.calls.push('show')
  focus = (): void => void this.calls.push('focus')
  restore = (): void => void this.calls.push('restore')
  reload = (): void => void this.calls.push('reload')
  maximize = (): void => void (this.maximized = true)
  isMinimized = (): boolean => false
  isMaximized = (): boolean => this.maximized
  isDestroyed = (): boolean => this.destroyed
  getNormalBounds = () => this.bounds
}

/** The other end of a channel on its way to a page. */
class PortOfWindow {
  constructor(readonly port: MessagePort) {}
}

export class MessageChannelMain {
  readonly port1: PortMain
  readonly port2: PortOfWindow
  constructor() {
    const { port1, port2 } = new MessageChannel()
    this.port1 = new PortMain(port1)
    this.port2 = new PortOfWindow(port2)
  }
}

export const ipcMain = new EventEmitter()

type Handler = (request: { readonly url: string }) => Response | Promise<Response>
export const protocol = {
  schemes: [] as unknown[],
  handlers: new Map<string, Handler>(),
  registerSchemesAsPrivileged: (schemes: readonly unknown[]): void => void protocol.schemes.push(...schemes),
  handle: (scheme: string, handler: Handler): void => void protocol.handlers.set(scheme, handler),
}

class Session extends EventEmitter {
  request: ((contents: WebContents, permission: string, answer: (granted: boolean) => void) => void) | null = null
  check: ((contents: WebContents | null, permission: string, origin: string) => boolean) | null = null
  device: (() => boolean) | null = null
  beforeRequest: ((details: { readonly url: string }, answer: (response: { readonly cancel: boolean }) => void) => void) | null = null
  setPermissionRequestHandler = (handler: typeof this.request): void => void (this.request = handler)
  setPermissionCheckHandler = (handler: typeof this.check): void => void (this.check = handler)
  setDevicePermissionHandler = (handler: typeof this.device): void => void (this.device = handler)
  webRequest = { onBeforeRequest: (handler: typeof this.beforeRequest): void => void (this.beforeRequest = handler) }
}
export const session = { defaultSession: new Session() }

export const dialog = {
  /** What a person answers, in order. */
  answers: [] as unknown[],
  asked: [] as { readonly kind: string; readonly options: Readonly<Record<string, unknown>> }[],
  errors: [] as { readonly title: string; readonly content: string }[],
  answer: async <T>(kind: string, parameters: readonly unknown[]): Promise<T> => {
    dialog.asked.push({ kind, options: parameters.at(-1) as Readonly<Record<string, unknown>> })
    return await Promise.resolve(dialog.answers.shift() as T)
  },
  showOpenDialog: async (...parameters: unknown[]) => await dialog.answer('open', parameters),
  showSaveDialog: async (...parameters: unknown[]) => await dialog.answer('save', parameters),
  showMessageBox: async (...parameters: unknown[]) => await dialog.answer('message', parameters),
  showErrorBox: (title: string, content: string): void => void dialog.errors.push({ title, content }),
}

export interface MenuItem {
  readonly label?: string
  readonly role?: string
  readonly accelerator?: string
  readonly submenu?: readonly MenuItem[]
  readonly click?: () => void
}
export const Menu = {
  current: [] as readonly MenuItem[],
  buildFromTemplate: (template: readonly MenuItem[]): readonly MenuItem[] => template,
  setApplicationMenu: (menu: readonly MenuItem[]): void => void (Menu.current = menu),
}

export const screen = { displays: [{ workArea: { x: 0, y: 0, width: 1920, height: 1080 } }], getAllDisplays: () => screen.displays }
export const nativeTheme = { shouldUseDarkColors: false }

/** As a fresh process. */
export function resetElectron(): void {
  for (const emitter of [app, ipcMain, session.defaultSession]) emitter.removeAllListeners()
  Object.assign(app, { isPackaged: false, locale: 'en-US', sandboxed: false, second: false, quits: 0, exitCode: null })
  BrowserWindow.all.length = 0
  dialog.answers.length = 0
  dialog.asked.length = 0
  dialog.errors.length = 0
  protocol.schemes.length = 0
  protocol.handlers.clear()
  Menu.current = []
}
