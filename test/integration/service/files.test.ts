import { existsSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { fc } from '@test/helpers/property'
import { afterEach, describe, expect, it } from 'vitest'
import { ROOT } from '@test/helpers/core'
import { TestHost } from '@test/helpers/service'
import { temporaryDirectory } from '@test/helpers/temporary'
import type { Desktop } from '@main/service'
import { safeName } from '@main/service/uploads'
import type { Client, DatasetPreview } from '@shared/protocol/contract'
import { need, parseDocumentText } from '@shared/spec'
import type { Result } from '@shared/spec/issue'

const POINTS = 'x1,x2,kind\n' + Array.from({ length: 40 }, (_, row) => `${String(row / 10)},${String(-row)},${row % 2 === 0 ? 'even' : 'odd'}`).join('\n')

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const hosts: TestHost[] = []
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close()
})

async function opened(options: { readonly directory?: string; readonly desktop?: Desktop } = {}) {
  const host = await TestHost.open(options)
  hosts.push(host)
  return { host, client: host.window() }
}

async function previewed(client: Client, dataset: object, file?: string): Promise<Result<DatasetPreview>> {
  return await client.request('dataset.preview', { dataset, seed: 1, tab: 'tab', file })
}

const csv = (path: string): object => ({ type: 'csv', path, target: 'kind' })

describe('uploads', () => {
  it('are stored in the data directory, under a name that documents can use', async () => {
    const { host, client } = await opened()
    const stored = await client.request('files.upload', { name: 'points.csv', content: bytes(POINTS) })
    expect(stored).toEqual({ ok: true, value: { path: 'points.csv' } })
    expect(readFileSync(join(host.directory, 'files', 'points.csv'), 'utf8')).toBe(POINTS)
    expect(await previewed(client, csv('points.csv'))).toMatchObject({ ok: true, value: { summary: { rows: 40 } } })
  })

  it('keep what has the same name and another content; the same again is the same', async () => {
    const { client } = await opened()
    const upload = async (content: string) => await client.request('files.upload', { name: 'a.csv', content: bytes(content) })
    expect(await upload('one')).toMatchObject({ value: { path: 'a.csv' } })
    expect(await upload('two')).toMatchObject({ value: { path: 'a-2.csv' } })
    expect(await upload('six')).toMatchObject({ value: { path: 'a-3.csv' } })
    expect(await upload('two')).toMatchObject({ value: { path: 'a-2.csv' } })
  })

  it('keep folders, for images by class', async () => {
    const { host, client } = await opened()
    expect(await client.request('files.upload', { name: 'pets/cats/1.png', content: bytes('x') })).toMatchObject({ value: { path: 'pets/cats/1.png' } })
    expect(existsSync(join(host.directory, 'files', 'pets', 'cats', '1.png'))).toBe(true)
  })

  it.each<[string, string | null]>([
    ['../../.ssh/authorized_keys', 'ssh/authorized_keys'],
    ['..', null],
    ['../..', null],
    ['/etc/passwd', 'etc/passwd'],
    ['C:\\Windows\\win.ini', 'C/Windows/win.ini'],
    ['..\\..\\evil.csv', 'evil.csv'],
    ['.hidden', 'hidden'],
    ['a\0b.csv', 'ab.csv'],
    ['line\nbreak.csv', 'linebreak.csv'],
    ['con.csv', '_con.csv'],
    ['LPT1', '_LPT1'],
    ['trailing. . ', 'trailing'],
    ['right\u202Etfel.csv', 'righttfel.csv'],
    ['データ 集.csv', 'データ 集.csv'],
    ['<img src=x>.csv', 'img src=x.csv'],
    ['a/b/c/d/e/f.csv', 'c/d/e/f.csv'],
    ['', null],
    ['///', null],
  ])('turn the name %j into %j', (name, safe) => {
    expect(safeName(name)).toBe(safe)
  })

  it('never leave the folder, whatever the name', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom('..', '.', '/', '\\', 'a', '\0', 'nul', ':', ' ')).map((parts) => parts.join(''))), (name) => {
        const safe = safeName(name)
        if (safe === null) return
        for (const segment of safe.split('/')) {
          expect(segment).not.toMatch(/^\.|^$|[\\:\0]/)
          expect(Buffer.byteLength(segment)).toBeLessThan(200)
        }
        expect(safeName(safe)).toBe(safe)
      }),
    )
  })

  it('leave nothing half written', async () => {
    const { host, client } = await opened()
    // A file where the folder must be.
    writeFileSync(join(host.directory, 'files', 'pets'), 'x')
    expect(await client.request('files.upload', { name: 'pets/1.png', content: bytes('x') })).toMatchObject({ ok: false, issues: [{ code: 'files-not-written' }] })
    expect(readdirSync(join(host.directory, 'files'))).toEqual(['pets'])
  })
})

describe('in a browser, data sets are read', () => {
  it('from the data directory and what is shipped only', async () => {
    const { host, client } = await opened()
    const outside = temporaryDirectory()
    writeFileSync(join(outside, 'points.csv'), POINTS)
    symlinkSync(join(outside, 'points.csv'), join(host.directory, 'files', 'link.csv'))
    symlinkSync(outside, join(host.directory, 'files', 'linked'))
    for (const path of [join(outside, 'points.csv'), '../history.db', '../../etc/passwd', '/etc/passwd', 'link.csv', 'linked/points.csv', 'linked/absent.csv', 'a\0b', '../files-other/a.csv']) {
      const refused = await previewed(client, csv(path))
      expect(refused).toMatchObject({ ok: false, issues: [{ code: 'files-outside', path: ['dataset', 'path'] }] })
      const document = { format: 1, name: 'x', dataset: csv(path), model: { nodes: [{ id: 'i', type: 'input' }, { id: 'o', type: 'dense', units: 2, activation: 'softmax' }] }, training: { loss: 'categoricalCrossentropy', optimizer: { type: 'sgd' }, epochs: 1 } }
      expect(await client.request('runs.start', { document, tab: null })).toMatchObject({ ok: false, issues: [{ code: 'files-outside' }] })
    }
    expect(await previewed(client, csv('absent.csv'))).toMatchObject({ ok: false, issues: [{ code: 'data-file-missing' }] })
    expect(await previewed(client, csv(join(ROOT, 'resources', 'data', 'iris.csv')))).not.toMatchObject({ issues: [{ code: 'files-outside' }] })
  })

  it('and no teacher’s file from elsewhere', async () => {
    const { client } = await opened()
    const distillation = (file: string) => ({ teacher: { kind: 'onnx', file } })
    for (const file of ['/etc/passwd', '../history.db']) {
      const document = { format: 1, name: 'x', dataset: { type: 'digits' }, model: { nodes: [{ type: 'dense', units: 10, activation: 'softmax' }] }, training: { loss: 'categoricalCrossentropy', optimizer: 'sgd', epochs: 1, distillation: distillation(file) } }
      expect(await client.request('runs.start', { document, tab: null })).toMatchObject({ ok: false, issues: [{ code: 'files-outside', path: ['training', 'distillation', 'teacher', 'file'] }] })
    }
  })

  it.each<[object, number]>([
    [{ type: 'csv', path: '/etc/passwd', testPath: '/etc/passwd', target: 'x' }, 2],
    [{ type: 'idx', images: '/a', labels: '/b', testImages: '/c', testLabels: '/d' }, 4],
    [{ type: 'npy', path: '/a', features: '/b', targets: '/c', testFeatures: '/d', testTargets: '/e' }, 5],
    [{ type: 'image-folder', path: '/a', testPath: '/b' }, 2],
  ])('and by no option from elsewhere: %j', async (dataset, count) => {
    const { client } = await opened()
    const refused = await previewed(client, dataset)
    expect(refused.ok ? [] : refused.issues.map(({ code }) => code)).toEqual(Array.from({ length: count }, () => 'files-outside'))
  })

  it('whatever file the window says that the document is', async () => {
    const { client } = await opened()
    const outside = temporaryDirectory()
    writeFileSync(join(outside, 'points.csv'), POINTS)
    expect(await previewed(client, csv('points.csv'), join(outside, 'x.descent.json'))).toMatchObject({ ok: false, issues: [{ code: 'data-file-missing' }] })
  })
})

describe('previews', () => {
  it('of shipped images: what training sees, in words and numbers', async () => {
    const { client } = await opened()
    const { summary, samples, points } = need(await previewed(client, { type: 'digits', shape: 'image' }))
    expect(summary).toMatchObject({ sampleShape: [1, 8, 8], target: { kind: 'class', classes: 10 } })
    expect(samples.data).toBeInstanceOf(Float32Array)
    expect(samples.data).toHaveLength(samples.count * 64)
    expect(samples.targets).toHaveLength(samples.count)
    expect(Math.max(...samples.data)).toBeGreaterThan(0)
    expect(points).toBeNull()
  })

  it('of two features: points to draw', async () => {
    const { client } = await opened()
    await client.request('files.upload', { name: 'points.csv', content: bytes(POINTS) })
    const { points } = need(await previewed(client, csv('points.csv')))
    const rows = Array.from({ length: 40 }, (_, row) => [points?.data[2 * row], points?.data[2 * row + 1], points?.values[row]] as const)
    expect(rows.sort((a, b) => (b[1] ?? 0) - (a[1] ?? 0)).slice(0, 3)).toEqual([
      [0, 0, 0],
      [Math.fround(0.1), -1, 1],
      [Math.fround(0.2), -2, 0],
    ])
  })

  it('tell what is wrong with the options or the data', async () => {
    const { client } = await opened()
    expect(await previewed(client, { type: 'csv' })).toMatchObject({ ok: false, issues: [{ code: 'document-missing', path: ['dataset', 'path'] }, { path: ['dataset', 'target'] }] })
    expect(await previewed(client, { type: 'nothing' })).toMatchObject({ ok: false, issues: [{ path: ['dataset', 'type'] }] })
    await client.request('files.upload', { name: 'ragged.csv', content: bytes('a,kind\n1,x\n1,2,3\n') })
    expect(await previewed(client, csv('ragged.csv'))).toMatchObject({ ok: false, issues: [{ code: 'csv-ragged-row' }] })
  })

  it('leave the host free for others', async () => {
    const { client } = await opened()
    const row = `${Array.from({ length: 200 }, (_, column) => String(column)).join(',')},`
    await client.request('files.upload', { name: 'large.csv', content: bytes(`${Array.from({ length: 200 }, (_, column) => `c${String(column)}`).join(',')},kind\n${`${row}a\n${row}b\n`.repeat(5000)}`) })
    const preview = previewed(client, csv('large.csv'))
    let answers = 0
    let done = false
    void preview.finally(() => (done = true))
    while (!done) {
      await client.request('app.info', {})
      // Answers in memory take no turn of the event loop by themselves.
      await nextTurn()
      answers++
    }
    expect(await preview).toMatchObject({ ok: true })
    // Two million cells take far longer than one turn of the loop.
    expect(answers).toBeGreaterThan(100)
  })
})

describe('what is kept beside the runs', () => {
  it('settings and workspace, over a restart', async () => {
    const directory = temporaryDirectory()
    const first = await opened({ directory })
    const tabs = [{ id: 'a', text: '{"format":1', file: null, savedText: null }]
    await first.client.request('settings.write', { key: 'theme', value: 'dark' })
    await first.client.request('settings.write', { key: 'columns', value: ['loss', { width: 3 }] })
    await first.client.request('workspace.write', { tabs, active: 'a' })
    await first.host.quit()
    hosts.pop()
    const { client } = await opened({ directory })
    expect(await client.request('settings.read', {})).toEqual({ theme: 'dark', columns: ['loss', { width: 3 }] })
    expect(await client.request('workspace.read', {})).toEqual({ tabs, active: 'a' })
  })

  it('writes that come at once end with the last, and wait for the disk', async () => {
    const { host, client } = await opened()
    await Promise.all(Array.from({ length: 50 }, async (_, value) => await client.request('settings.write', { key: 'count', value })))
    expect(JSON.parse(readFileSync(join(host.directory, 'settings.json'), 'utf8'))).toEqual({ count: 49 })
    expect(readdirSync(host.directory).filter((name) => name.includes('.part-'))).toEqual([])
  })

  it.each(['', '{"theme":', '[]', '"text"', 'null', '\0\0\0\0'])('a damaged file %j is kept aside and defaults take its place', async (damaged) => {
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'settings.json'), damaged)
    writeFileSync(join(directory, 'workspace.json'), damaged)
    const { client } = await opened({ directory })
    expect(await client.request('settings.read', {})).toEqual({})
    expect(await client.request('workspace.read', {})).toEqual({ tabs: [], active: null })
    const kept = readdirSync(directory).filter((name) => name.includes('.damaged-'))
    expect(kept.map((name) => name.split('.')[0]).sort()).toEqual(['settings', 'workspace'])
    for (const name of kept) expect(readFileSync(join(directory, name), 'utf8')).toBe(damaged)
    await client.request('settings.write', { key: 'theme', value: 'dark' })
    expect(await client.request('settings.read', {})).toEqual({ theme: 'dark' })
  })

  it('examples, and no other file by their request', async () => {
    const { host, client } = await opened()
    const listed = (await client.request('examples.list', {})).flatMap(({ examples }) => examples.map(({ name }) => name))
    const shipped = readdirSync('resources/examples').filter((file) => file.endsWith('.descent.json')).map((file) => file.replace('.descent.json', ''))
    expect([...listed].sort()).toEqual(shipped.sort())
    for (const name of listed) expect(JSON.parse(await client.request('examples.read', { name }))).toMatchObject({ format: 1, name })
    for (const name of ['../data/iris.csv', '../../package', '/etc/passwd', 'digits-mlp.descent.json', '']) await expect(client.request('examples.read', { name })).rejects.toThrow('no example')
    expect(host.errors.splice(0)).toHaveLength(5)
  })

  it('what the machine is and does', async () => {
    const { host, client } = await opened()
    expect(await client.request('app.info', {})).toMatchObject({ host: 'browser', version: 'test', dataDirectory: host.directory, platform: process.platform })
    const idle = await client.request('app.status', {})
    expect(idle).toMatchObject({ running: [], queued: [] })
    const devices = await client.request('app.devices', {})
    expect(devices.find(({ id }) => id === 'onnx-cpu')).toMatchObject({ available: true, reasons: [] })
    // The training process has started meanwhile.
    expect((await client.request('app.status', {})).memory).toBeGreaterThan(idle.memory)
  })
})

describe('on the desktop', () => {
  /** A desktop whose dialogs answer with these paths, in order. */
  function dialogs(answers: readonly (string | null)[]): Desktop & { readonly asked: string[]; readonly settings: unknown[] } {
    const left = [...answers]
    const asked: string[] = []
    const answer = (question: string): Promise<string | null> => {
      asked.push(question)
      return Promise.resolve(left.shift() ?? null)
    }
    const settings: unknown[] = []
    return {
      asked,
      settings,
      open: async (kind) => await answer(`open ${kind}`),
      save: async (path) => await answer(`save ${path}`),
      subscribe: (listener) => {
        listener({ type: 'command', command: 'train' })
        return () => undefined
      },
      changed: (key, value) => settings.push([key, value]),
    }
  }

  it('documents are opened and saved by dialogs; what was chosen once is written again unasked', async () => {
    const place = temporaryDirectory()
    const path = join(place, 'a.descent.json')
    const copy = join(place, 'b.descent.json')
    writeFileSync(path, '{"format":1}')
    const desktop = dialogs([path, null, copy])
    const { client } = await opened({ desktop })
    expect(await client.request('files.open', { kind: 'document' })).toEqual({ path, text: '{"format":1}' })
    expect(await client.request('files.open', { kind: 'document' })).toBeNull()
    expect(await client.request('files.save', { path, suggestedName: 'a', content: '{"format":2}' })).toEqual({ path })
    expect(readFileSync(path, 'utf8')).toBe('{"format":2}')
    expect(await client.request('files.save', { path: null, suggestedName: '../b.descent.json', content: 'x' })).toEqual({ path: copy })
    expect(desktop.asked).toEqual(['open document', 'open document', 'save b.descent.json'])
  })

  it('a window alone cannot choose what is overwritten', async () => {
    const place = temporaryDirectory()
    const victim = join(place, 'victim')
    writeFileSync(victim, 'untouched')
    const desktop = dialogs([null])
    const { client } = await opened({ desktop })
    expect(await client.request('files.save', { path: victim, suggestedName: 'x', content: 'overwritten' })).toBeNull()
    expect(desktop.asked).toEqual([`save ${victim}`])
    expect(readFileSync(victim, 'utf8')).toBe('untouched')
  })

  it('the shell hears of settings, and the window of the shell', async () => {
    const desktop = dialogs([])
    const { client } = await opened({ desktop })
    await client.request('settings.write', { key: 'language', value: 'zh-CN' })
    expect(desktop.settings).toEqual([['language', 'zh-CN']])
    const heard: unknown[] = []
    client.subscribe('desktop', {}, (event) => heard.push(event))
    await client.request('app.info', {})
    expect(heard).toEqual([{ type: 'command', command: 'train' }])
  })

  it('a file far too large for a document is not read whole', async () => {
    const path = join(temporaryDirectory(), 'huge.json')
    writeFileSync(path, '')
    truncateSync(path, 2 ** 33)
    const { client } = await opened({ desktop: dialogs([path]) })
    const text = (await client.request('files.open', { kind: 'document' }))?.text ?? ''
    expect(text.length).toBeLessThan(2 ** 26)
    expect(parseDocumentText(text)).toMatchObject({ ok: false, issues: [{ code: 'document-too-large' }] })
  })

  it('grants last over a restart', async () => {
    const directory = temporaryDirectory()
    const path = join(temporaryDirectory(), 'a.descent.json')
    const first = await opened({ directory, desktop: dialogs([path]) })
    await first.client.request('files.save', { path: null, suggestedName: 'a', content: '1' })
    await first.host.quit()
    hosts.pop()
    const desktop = dialogs([])
    const { client } = await opened({ directory, desktop })
    expect(await client.request('files.save', { path, suggestedName: 'a', content: '2' })).toEqual({ path })
    expect(desktop.asked).toEqual([])
  })

  it('relative paths start at the document, or at its tab’s file', async () => {
    const place = temporaryDirectory()
    writeFileSync(join(place, 'points.csv'), POINTS)
    const file = join(place, 'a.descent.json')
    const { client } = await opened({ desktop: dialogs([]) })
    expect(await previewed(client, csv('points.csv'))).toMatchObject({ ok: false, issues: [{ code: 'data-file-missing' }] })
    expect(await previewed(client, csv('points.csv'), file)).toMatchObject({ ok: true })
    await client.request('workspace.write', { tabs: [{ id: 'tab', text: '{}', file, savedText: null }], active: 'tab' })
    expect(await previewed(client, csv('points.csv'))).toMatchObject({ ok: true })
  })
})
