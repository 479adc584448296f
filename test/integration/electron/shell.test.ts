import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ROOT } from '@test/helpers/core'
import * as electron from '@test/helpers/electron'
import { CancelableEvent, type BrowserWindow, type MenuItem } from '@test/helpers/electron'
import { temporaryDirectory } from '@test/helpers/temporary'
import { guardPages, guardSession } from '@main/electron/guard'
import { registerScheme } from '@main/electron/scheme'
import { explainFailure, placesOf, Shell } from '@main/electron/shell'
import { domPortChannel, type DomPort } from '@shared/protocol/channels/dom-port'
import type { Client, DesktopEvent, TrainingNotice } from '@shared/protocol/contract'
import { connectChannel } from '@shared/protocol/rpc'
import { need } from '@shared/spec'

vi.mock('electron', async () => await import('@test/helpers/electron'))

const LONG = {
  format: 1,
  name: 'long',
  dataset: { type: 'iris' },
  model: { nodes: [{ id: 'input', type: 'input' }, { id: 'out', type: 'dense', units: 3, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', optimizer: { type: 'sgd' }, epochs: 1_000_000 },
}

describe('the Electron shell', () => {
  let directory: string
  beforeEach(() => {
    electron.resetElectron()
    directory = temporaryDirectory()
    mkdirSync(join(directory, 'renderer', 'assets'), { recursive: true })
    writeFileSync(join(directory, 'renderer', 'index.html'), '<!doctype html><title>Descent</title>')
    writeFileSync(join(directory, 'renderer', 'assets', 'a.js'), 'window')
  })
  afterEach(async () => await quit())

  async function opened(options: { readonly documents?: readonly string[] } = {}) {
    registerScheme()
    guardPages()
    guardSession()
    await Shell.open({
      dataDirectory: join(directory, 'data'),
      resourcesDirectory: join(ROOT, 'resources'),
      programDirectory: join(ROOT, 'out', 'main'),
      rendererDirectory: join(directory, 'renderer'),
      preload: join(ROOT, 'out', 'preload', 'preload.cjs'),
      icon: 'icon.png',
      version: 'test',
      documents: options.documents ?? [],
    })
    return window()
  }

  function window(): BrowserWindow {
    const last = electron.BrowserWindow.all.at(-1)
    if (last === undefined) throw new Error('no window')
    return last
  }

  /** As the preload script does for the page. */
  function connect(browserWindow: BrowserWindow): Client {
    const frame = browserWindow.webContents.mainFrame
    electron.ipcMain.emit('descent:port', { senderFrame: frame })
    const [port] = frame.received.at(-1)?.ports ?? []
    return connectChannel(domPortChannel(port as unknown as DomPort))
  }

  async function quit(): Promise<void> {
    if (electron.app.listenerCount('before-quit') === 0) return
    electron.dialog.answers.unshift({ response: 0 })
    electron.app.quit()
    await expect.poll(() => electron.app.exitCode).toBe(0)
    electron.app.removeAllListeners()
  }

  it('opens one window, locked down', async () => {
    const { options, calls } = await opened()
    expect(options).toMatchObject({
      minWidth: 1024,
      minHeight: 700,
      show: false,
      webPreferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, nodeIntegrationInWorker: false, nodeIntegrationInSubFrames: false, webSecurity: true, webviewTag: false },
    })
    expect(calls).toContain('show')
    expect(window().webContents.mainFrame.url).toBe('descent://app/index.html')
  })

  it('carries the contract over Electron’s ports, again after a reload', async () => {
    const browserWindow = await opened()
    expect(await connect(browserWindow).request('app.info', {})).toMatchObject({ host: 'electron', version: 'test' })
    const again = connect(browserWindow)
    const preview = await again.request('dataset.preview', { dataset: { type: 'iris' }, seed: 1, tab: 'a' })
    expect(preview.ok && preview.value.samples.data).toBeInstanceOf(Float32Array)
    expect((await again.request('app.status', {})).memory).toBeGreaterThan(1000 * 1024)
  })

  it('gives no port to any other page or frame', async () => {
    const browserWindow = await opened()
    const own = browserWindow.webContents.mainFrame
    const frames = [new electron.Frame('descent://app/index.html'), new electron.Frame('https://evil.example/'), null]
    for (const senderFrame of frames) electron.ipcMain.emit('descent:port', { senderFrame })
    browserWindow.webContents.mainFrame = new electron.Frame('https://evil.example/')
    electron.ipcMain.emit('descent:port', { senderFrame: browserWindow.webContents.mainFrame })
    browserWindow.webContents.mainFrame = new electron.Frame('descent://app.evil/index.html')
    electron.ipcMain.emit('descent:port', { senderFrame: browserWindow.webContents.mainFrame })
    for (const frame of [...frames, own, browserWindow.webContents.mainFrame]) expect(frame?.received ?? []).toEqual([])
  })

  it('lets pages go nowhere', async () => {
    const { webContents } = await opened()
    expect(webContents.windowOpenHandler?.({ url: 'https://evil.example' })).toEqual({ action: 'deny' })
    for (const name of ['will-navigate', 'will-redirect', 'will-attach-webview']) {
      const event = new CancelableEvent()
      webContents.emit(name, event, 'https://evil.example')
      expect(event.defaultPrevented).toBe(true)
    }
    const frame = Object.assign(new CancelableEvent(), { url: 'https://evil.example' })
    webContents.emit('will-frame-navigate', frame)
    expect(frame.defaultPrevented).toBe(true)
  })

  it('permits what the window needs to its own page, and nothing else to anyone', async () => {
    const { webContents } = await opened()
    const { defaultSession } = electron.session
    const asked = (contents: electron.WebContents, permission: string): boolean => {
      let granted = false
      defaultSession.request?.(contents, permission, (answer) => (granted = answer))
      return granted
    }
    expect(asked(webContents, 'clipboard-sanitized-write')).toBe(true)
    for (const permission of ['media', 'geolocation', 'midi', 'openExternal', 'fileSystem', 'hid', 'usb']) expect(asked(webContents, permission)).toBe(false)
    const foreign = new electron.WebContents()
    foreign.mainFrame = new electron.Frame('https://evil.example/')
    expect(asked(foreign, 'notifications')).toBe(false)
    expect(defaultSession.check?.(null, 'notifications', 'descent://app')).toBe(true)
    expect(defaultSession.check?.(null, 'notifications', 'https://evil.example')).toBe(false)
    expect(defaultSession.device?.()).toBe(false)
  })

  it('serves the built window under its own scheme, with its policy, and nothing of the network', async () => {
    await opened()
    expect(electron.protocol.schemes).toEqual([{ scheme: 'descent', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }])
    const get = async (url: string): Promise<Response> => (await electron.protocol.handlers.get('descent')?.({ url })) ?? Response.error()
    const page = await get('descent://app/index.html')
    expect([page.status, await page.text()]).toEqual([200, '<!doctype html><title>Descent</title>'])
    expect(page.headers.get('content-security-policy')).toContain("connect-src 'self';")
    expect((await get('descent://app/assets/a.js')).headers.get('content-type')).toContain('javascript')
    for (const url of ['descent://app/../secret', 'descent://app/%2e%2e/data/history', 'descent://other/index.html', 'descent://app.evil/index.html', 'descent://app/']) expect((await get(url)).status).toBe(404)
    const cancels = (url: string): boolean => {
      let canceled = false
      electron.session.defaultSession.beforeRequest?.({ url }, ({ cancel }) => (canceled = cancel))
      return canceled
    }
    expect(['https://evil.example', 'http://127.0.0.1', 'file:///etc/passwd', 'ws://evil.example', 'descent://other/a'].map(cancels)).toEqual([true, true, true, true, true])
    expect(['descent://app/assets/a.js', 'data:image/png;base64,', 'blob:descent://app/1'].map(cancels)).toEqual([false, false, false])
  })

  it('hands documents from outside to the window, however early they come, and lets it save them', async () => {
    const path = join(directory, 'a.descent.json')
    writeFileSync(path, '{"format":1}')
    const browserWindow = await opened({ documents: [path] })
    const client = connect(browserWindow)
    const events: DesktopEvent[] = []
    client.subscribe('desktop', {}, (event) => events.push(event))
    await expect.poll(() => events).toEqual([{ type: 'open', path, text: '{"format":1}' }])
    electron.app.emit('second-instance', new CancelableEvent(), ['electron', '--flag', 'a.descent.json', 'notes.txt'], directory)
    await expect.poll(() => events.length).toBe(2)
    expect(browserWindow.calls).toContain('focus')
    const opening = new CancelableEvent()
    electron.app.emit('open-file', opening, path)
    await expect.poll(() => events.length).toBe(3)
    expect(opening.defaultPrevented).toBe(true)
    expect(await client.request('files.save', { path, suggestedName: 'a', content: '{"format":2}' })).toEqual({ path })
    expect(readFileSync(path, 'utf8')).toBe('{"format":2}')
    electron.app.emit('open-file', new CancelableEvent(), join(directory, 'absent.descent.json'))
    await expect.poll(() => electron.dialog.errors).toHaveLength(1)
  })

  it('asks for files by the system’s dialogs', async () => {
    const client = connect(await opened())
    electron.dialog.answers.push({ filePaths: ['/data/train.csv'], canceled: false }, { filePaths: [], canceled: true }, { filePath: '', canceled: true })
    expect(await client.request('files.open', { kind: 'data' })).toEqual({ path: '/data/train.csv', text: null })
    expect(await client.request('files.open', { kind: 'folder' })).toBeNull()
    expect(await client.request('files.save', { path: null, suggestedName: 'model.onnx', content: Uint8Array.of(1) })).toBeNull()
    expect(electron.dialog.asked).toMatchObject([
      { kind: 'open', options: { properties: ['openFile'] } },
      { kind: 'open', options: { properties: ['openDirectory'] } },
      { kind: 'save', options: { defaultPath: 'model.onnx' } },
    ])
  })

  const labels = (): readonly (string | undefined)[] => electron.Menu.current.map(({ label }) => label)
  const items = (menu: readonly MenuItem[] = electron.Menu.current): readonly MenuItem[] => menu.flatMap((item) => [item, ...items(item.submenu ?? [])])

  it('has a menu in the language chosen, whose entries reach the window', async () => {
    const client = connect(await opened())
    expect(labels()).toEqual(['File', 'Edit', 'Run', 'View', 'Window', 'Help'])
    const events: DesktopEvent[] = []
    client.subscribe('desktop', {}, (event) => events.push(event))
    await client.request('app.info', {})
    items().find(({ label }) => label === 'Save')?.click?.()
    await expect.poll(() => events).toEqual([{ type: 'command', command: 'save' }])
    await client.request('settings.write', { key: 'language', value: 'zh-CN' })
    expect(labels()).toEqual(['文件', '编辑', '运行', '视图', '窗口', '帮助'])
    expect(items().filter(({ label, role }) => label !== undefined && /[a-z]{3}/i.test(label.replace('Descent', '')) && role !== 'services')).toEqual([])
  })

  it('speaks the system’s language until one is chosen, and the chosen one after a restart', async () => {
    electron.app.locale = 'zh-Hans-CN'
    const client = connect(await opened())
    expect(labels()[0]).toBe('文件')
    await client.request('settings.write', { key: 'language', value: 'en' })
    await quit()
    electron.resetElectron()
    electron.app.locale = 'zh-Hans-CN'
    await opened()
    expect(labels()[0]).toBe('File')
  })

  it('keeps developer tools to those who run it from its sources', async () => {
    electron.app.isPackaged = true
    const { options } = await opened()
    expect(options).toMatchObject({ webPreferences: { devTools: false } })
    expect(items().some(({ role }) => role === 'toggleDevTools' || role === 'reload')).toBe(false)
  })

  it('opens its window where it was, unless no screen shows that place any more', async () => {
    const first = await opened()
    first.bounds = { x: 100, y: 50, width: 1300, height: 850 }
    first.maximized = true
    first.emit('resize')
    first.emit('close', new CancelableEvent())
    await quit()
    electron.resetElectron()
    const second = await opened()
    expect(second.options).toMatchObject({ x: 100, y: 50, width: 1300, height: 850 })
    expect(second.maximized).toBe(true)
    second.bounds = { x: 5000, y: 50, width: 1300, height: 850 }
    second.emit('close', new CancelableEvent())
    await quit()
    electron.resetElectron()
    const { options } = await opened()
    expect(options).toMatchObject({ width: 1300, height: 850 })
    expect(options.x).toBeUndefined()
  })

  it('gets a page whose process died back', async () => {
    const { webContents, calls } = await opened()
    webContents.emit('render-process-gone', new CancelableEvent(), { reason: 'crashed' })
    expect(calls).toContain('reload')
  })

  describe('when it is told to quit', () => {
    async function training() {
      const browserWindow = await opened()
      const client = connect(browserWindow)
      const { runId } = need(await client.request('runs.start', { document: LONG, tab: null }))
      const heard: TrainingNotice[] = []
      client.subscribe('training', { runId }, (event) => heard.push(event))
      await expect.poll(async () => (await client.request('runs.read', { runId }))?.status).toBe('running')
      return { browserWindow, client, runId, heard }
    }

    it('ends at once where nothing trains', async () => {
      const browserWindow = await opened()
      browserWindow.userCloses()
      await expect.poll(() => electron.app.exitCode).toBe(0)
      expect(electron.dialog.asked).toEqual([])
    })

    it('asks while a run trains, and stays if that is wanted', async () => {
      const { browserWindow, client } = await training()
      electron.dialog.answers.push({ response: 1 })
      browserWindow.userCloses()
      await expect.poll(() => electron.dialog.asked.length).toBe(1)
      expect(electron.dialog.asked[0].options).toMatchObject({ buttons: ['Stop and quit', 'Keep training'], cancelId: 1, defaultId: 1 })
      expect(browserWindow.destroyed).toBe(false)
      expect((await client.request('app.status', {})).running).toHaveLength(1)
      expect(electron.app.exitCode).toBeNull()
    })

    it('ends though the history takes nothing any more, and says so', async () => {
      const { client, runId, heard } = await training()
      await client.request('runs.control', { runId, control: { type: 'pause' } })
      await expect.poll(() => heard.some(({ type }) => type === 'paused')).toBe(true)
      const other = new SqliteDatabase(join(directory, 'data', 'descent.sqlite'))
      other.exec('BEGIN IMMEDIATE')
      await quit()
      other.close()
      expect(electron.dialog.errors).toEqual([{ title: 'Not everything could be written', content: expect.stringContaining('descent.sqlite is held by another program') as string }])
    })

    it('stops runs at a checkpoint, from which they go on next time', async () => {
      const { runId } = await training()
      await quit()
      expect(electron.dialog.asked).toHaveLength(1)
      electron.resetElectron()
      const client = connect(await opened())
      expect(await client.request('runs.read', { runId })).toMatchObject({ status: 'interrupted', checkpoints: [{}] })
      expect(await client.request('runs.resume', { runId })).toMatchObject({ ok: true })
    })
  })

  it('says why it cannot start beside another that has the data', async () => {
    await opened()
    const second: unknown = await Shell.open({ ...placesOf(join(ROOT, 'out', 'main')), dataDirectory: join(directory, 'data'), icon: '', version: 'test', documents: [] }).catch((error: unknown) => error)
    expect(second).toMatchObject({ issues: [{ code: 'history-locked' }] })
    explainFailure(second)
    expect(electron.dialog.errors).toEqual([{ title: 'Descent cannot start', content: expect.stringContaining('Another Descent') as string }])
  })

  it('finds its parts in its sources and packed', () => {
    expect(placesOf('/app/out/main')).toEqual({ programDirectory: '/app/out/main', rendererDirectory: '/app/out/renderer', preload: '/app/out/preload/preload.cjs', resourcesDirectory: '/app/resources' })
    expect(placesOf('/opt/Descent/resources/app.asar/out/main')).toEqual({
      programDirectory: '/opt/Descent/resources/app.asar.unpacked/out/main',
      rendererDirectory: '/opt/Descent/resources/app.asar/out/renderer',
      preload: '/opt/Descent/resources/app.asar/out/preload/preload.cjs',
      resourcesDirectory: '/opt/Descent/resources/app.asar.unpacked/resources',
    })
  })
})
