import { join, resolve } from 'node:path'
import { app, dialog, Menu, type BrowserWindow } from 'electron'
import { openCore, type Core } from '@main/core'
import { HostService, interruptRuns, unfinishedRuns } from '@main/service'
import { readDocumentText } from '@main/service/document-text'
import { messageOf } from '@shared/lib/message-of'
import { formatIssue, type Language } from '@shared/locales/issues'
import { IssueError } from '@shared/spec/issue'
import { DesktopEvents } from './desktop-events'
import { askLeave, askOpen, askSave } from './dialogs'
import { documentsIn } from './documents'
import { menuTemplate } from './menu'
import { servePorts } from './ports'
import { serveScheme } from './scheme'
import { languageOf, speak, type Say } from './text'
import { openWindow } from './window'
import { WindowState } from './window-state'

export interface ShellOptions {
  readonly dataDirectory: string
  readonly resourcesDirectory: string
  /** The main build: the training process starts from there. Real files, not inside an archive. */
  readonly programDirectory: string
  readonly rendererDirectory: string
  readonly preload: string
  readonly icon: string
  readonly version: string
  /** Documents to open, absolute. */
  readonly documents: readonly string[]
}

const LANES = 2

/** The desktop's host: one core, one service, one window. */
export class Shell {
  readonly #events = new DesktopEvents()
  #window: BrowserWindow | null = null
  #language: Language
  #leaving: 'no' | 'asked' | 'stopping' | 'done' = 'no'

  private constructor(
    private readonly options: ShellOptions,
    private readonly core: Core,
    private readonly state: WindowState,
  ) {
    this.#language = languageOf(undefined, app.getLocale())
  }

  /** Throws the issues of opening the data directory: another Descent has it, the disk is full, … */
  static async open(options: ShellOptions): Promise<Shell> {
    const { dataDirectory, resourcesDirectory, programDirectory, version } = options
    const core = await openCore({ dataDirectory, resourcesDirectory, programDirectory, version, lanes: LANES })
    if (!core.ok) throw new IssueError(core.issues)
    const shell = new Shell(options, core.value, await WindowState.open(dataDirectory, () => Date.now()))
    await shell.#start()
    return shell
  }

  get #say(): Say {
    return speak(this.#language)
  }

  async #start(): Promise<void> {
    const { dataDirectory, resourcesDirectory, programDirectory, version } = this.options
    const service = await HostService.open({
      core: this.core,
      dataDirectory,
      resourcesDirectory,
      programDirectory,
      version,
      desktop: {
        open: async (kind) => await askOpen(this.#window, kind, this.#say),
        save: async (path) => await askSave(this.#window, path),
        subscribe: (listener) => this.#events.subscribe(listener),
        changed: (key, value) => {
          if (key === 'language') this.#speak(value)
        },
      },
      otherMemory: () => app.getAppMetrics().reduce((sum, { pid, memory }) => sum + (pid === process.pid ? 0 : memory.workingSetSize * 1024), 0),
    })
    const { language } = await service.request('settings.read', {})
    this.#speak(language)
    serveScheme(this.options.rendererDirectory)
    servePorts(service, () => this.#window, (subject, error) => console.error(subject, error))
    app.on('activate', () => this.show())
    app.on('window-all-closed', () => {
      // On Apple's systems a program lives on without windows, and so do its runs.
      if (process.platform !== 'darwin') app.quit()
    })
    app.on('before-quit', (event) => {
      if (this.#leaving === 'done') return
      event.preventDefault()
      void this.#leave(service)
    })
    this.show()
    for (const path of this.options.documents) await this.openDocument(service, path)
    app.on('open-file', (event, path) => {
      event.preventDefault()
      void this.openDocument(service, path)
    })
    app.on('second-instance', (_event, args, workingDirectory) => {
      this.show()
      for (const path of documentsIn(args, workingDirectory)) void this.openDocument(service, path)
    })
  }

  /** Brings the window to the front; opens it where there is none. */
  show(): void {
    const window = this.#window
    if (window === null) return this.#openWindow()
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  #openWindow(): void {
    const { preload, icon } = this.options
    const window = openWindow({ state: this.state, preload, icon, development: !app.isPackaged })
    window.on('close', (event) => {
      if (this.#leaving === 'done' || process.platform === 'darwin') return
      // The window stays until it is certain that the program ends.
      event.preventDefault()
      app.quit()
    })
    window.on('closed', () => (this.#window = null))
    this.#window = window
  }

  /** A document from outside: the window shows it, and may write to it. */
  async openDocument({ grants }: HostService, path: string): Promise<void> {
    try {
      const text = await readDocumentText(path)
      await grants.add(path)
      this.#events.emit({ type: 'open', path: resolve(path), text })
    } catch (error) {
      dialog.showErrorBox(this.#say('cannotOpen'), error instanceof Error ? error.message : String(error))
    }
  }

  #speak(setting: unknown): void {
    this.#language = languageOf(setting, app.getLocale())
    const template = menuTemplate({
      say: this.#say,
      apple: process.platform === 'darwin',
      development: !app.isPackaged,
      command: (command) => this.#events.emit({ type: 'command', command }),
    })
    Menu.setApplicationMenu(Menu.buildFromTemplate([...template]))
  }

  /** Asks where runs train, lets them write checkpoints, and ends. */
  async #leave(service: HostService): Promise<void> {
    if (this.#leaving === 'stopping') {
      // Asked once more: it may be the training process that does not answer.
      if (this.core.trainingPid !== null) process.kill(this.core.trainingPid, 'SIGKILL')
      return
    }
    if (this.#leaving === 'asked') return
    this.#leaving = 'asked'
    const { length } = unfinishedRuns(this.core)
    if (length > 0 && !(await askLeave(this.#window, length, this.#say))) {
      this.#leaving = 'no'
      return
    }
    this.#leaving = 'stopping'
    try {
      if (this.#window !== null) await this.state.keep(this.#window)
      await interruptRuns(this.core)
      await service.close()
      await this.core.close()
    } catch (error) {
      // A full disk, for one: what was recorded stays, and the next start finds the runs interrupted.
      dialog.showErrorBox(this.#say('cannotFinish'), wordsOf(error, this.#language))
    }
    this.#leaving = 'done'
    app.quit()
  }
}

/** Says why nothing opens. */
export function explainFailure(error: unknown): void {
  const language = languageOf(undefined, app.getLocale())
  dialog.showErrorBox(speak(language)('cannotStart'), wordsOf(error, language))
}

function wordsOf(error: unknown, language: Language): string {
  return error instanceof IssueError ? error.issues.map((issue) => formatIssue(issue, language)).join('\n') : messageOf(error)
}

/** Places of the built program, in its folder of sources or packed. */
export function placesOf(outDirectory: string) {
  // Threads, child processes and native code read no archives: what they need lies beside, unpacked.
  const programDirectory = outDirectory.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked')
  return {
    programDirectory,
    resourcesDirectory: join(programDirectory, '../../resources'),
    rendererDirectory: join(outDirectory, '../renderer'),
    preload: join(outDirectory, '../preload/preload.cjs'),
  }
}
