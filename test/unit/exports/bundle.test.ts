import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'
import { setImmediate } from 'node:timers/promises'
import { fc } from '@test/helpers/property'
import { describe, expect, it } from 'vitest'
import { sha256 } from '@main/core/artifacts'
import { importBundle } from '@main/core/bundle'
import { exportRun } from '@main/core/exports'
import { encodeNpy } from '@main/core/exports/npy'
import type { HistoryApi } from '@main/core/history'
import { exporters } from '@shared/catalog/exporters'
import { issueMessages } from '@shared/locales/issues'
import { decodeSafetensors, encodeSafetensors } from '@shared/lib/safetensors'
import { need } from '@shared/spec'
import { predictInOnnx, predictInTfjs } from '@test/helpers/exported-models'
import { opened, TestClock } from '@test/helpers/history'
import { temporaryDirectory } from '@test/helpers/temporary'
import { recordRun, STEPS } from './recorded-run'

type Files = Record<string, Uint8Array>

async function bundleOf(history: HistoryApi, id: string): Promise<Uint8Array> {
  const file = need(await exportRun(history, id, 'bundle'))
  return file.content
}

async function made(): Promise<{ readonly from: HistoryApi; readonly id: string; readonly bundle: Uint8Array; readonly files: Files }> {
  const from = await opened(temporaryDirectory())
  const id = await recordRun(from)
  const bundle = await bundleOf(from, id)
  return { from, id, bundle, files: unzipSync(bundle) }
}

/** Its history is closed after the first test; its files stay good. */
let once: Promise<Files> | null = null
async function madeFiles(): Promise<Files> {
  once ??= made().then(({ files }) => files)
  return await once
}

async function target(): Promise<HistoryApi> {
  const clock = new TestClock()
  clock.milliseconds += 86_400_000
  return await opened(temporaryDirectory(), { now: clock.now })
}

const BASE = { baseDirectory: '/here' }

/** The archive with files changed (null: removed); the manifest follows unless it is among them. */
function changed(files: Files, changes: Readonly<Record<string, Uint8Array | string | null>>): Uint8Array {
  const next: Files = Object.fromEntries(Object.entries(files).filter(([name]) => changes[name] !== null))
  for (const [name, content] of Object.entries(changes)) {
    if (content !== null) next[name] = typeof content === 'string' ? strToU8(content) : content
  }
  if (!('manifest.json' in changes)) {
    const manifest = JSON.parse(strFromU8(files['manifest.json'])) as { files: { name: string; bytes: number; sha256: string }[] }
    const names = Object.keys(next).filter((name) => name !== 'manifest.json')
    next['manifest.json'] = strToU8(JSON.stringify({ ...manifest, files: names.map((name) => ({ name, bytes: next[name].length, sha256: sha256(next[name]) })) }))
  }
  return zipSync(next)
}

const json = (files: Files, name: string): Record<string, unknown> & unknown[] => JSON.parse(strFromU8(files[name])) as never

describe('a bundle that is imported on another machine', () => {
  it('gives the same run: points bit for bit, events, times, tags, note, checkpoints', async () => {
    const { from, id, bundle } = await made()
    const to = await target()
    const imported = need(await importBundle(to, bundle, BASE))
    const [before, after] = [from.getRun(id), to.getRun(imported)]
    if (before === null || after === null) throw new Error('a run is missing')
    const { id: _, updatedAt: __, ...same } = before
    expect(after).toMatchObject(same)
    expect(after.document).toBe(before.document)
    expect(to.listSeries(after.id)).toEqual(from.listSeries(id))
    for (const key of from.listSeries(id)) {
      const [left, right] = [from.readNewPoints(id, key, null), to.readNewPoints(after.id, key, null)]
      for (const column of ['steps', 'times', 'values'] as const) expect(new Uint8Array(right[column].buffer)).toEqual(new Uint8Array(left[column].buffer))
    }
    expect(to.readSeries(after.id, 'train.loss', { maxPoints: 100 })).toEqual(from.readSeries(id, 'train.loss', { maxPoints: 100 }))
    const plain = (history: HistoryApi, run: string) => history.readEvents(run).map(({ id: _id, ...event }) => event)
    expect(plain(to, after.id).slice(1)).toEqual(plain(from, id).slice(1))
    const artifacts = (history: HistoryApi, run: string) => history.listArtifacts(run).map(({ id: _id, createdAt: _at, ...artifact }) => artifact)
    expect(artifacts(to, after.id)).toEqual(artifacts(from, id))
    for (const { hash } of artifacts(to, after.id)) expect(await to.artifacts.read(hash)).toEqual(await from.artifacts.read(hash))
    expect(to.check()).toEqual([])
  })

  it('starts from a place of this machine, not from one that the bundle names', async () => {
    const { bundle } = await made()
    const to = await target()
    const imported = await importBundle(to, bundle, BASE)
    const [origin] = to.readEvents(imported.ok ? imported.value : '', { kinds: ['origin'] })
    expect(origin.data).toMatchObject({ baseDirectory: '/here', snapshots: true, imported: { version: '0.1.0' } })
    expect(JSON.stringify(origin.data)).not.toContain('/somewhere/else')
  })

  it('is the same, byte for byte, when made again, also from the imported run but for its id and origin', async () => {
    const { from, id, bundle, files } = await made()
    expect(await bundleOf(from, id)).toEqual(bundle)
    const to = await target()
    const imported = await importBundle(to, bundle, BASE)
    const again = unzipSync(await bundleOf(to, imported.ok ? imported.value : ''))
    const others = Object.keys(files).filter((name) => name !== 'manifest.json' && name !== 'events.json')
    for (const name of others) expect(again[name]).toEqual(files[name])
  })

  it('is there whole or not at all, at every moment: for who looks meanwhile, and so for who finds what a killed process left', async () => {
    const { from, id, bundle } = await made()
    const directory = temporaryDirectory()
    const to = await opened(directory)
    const reader = await opened(directory, { mode: 'read' })
    const pending = new Set([importBundle(to, bundle, BASE)])
    for (const each of pending) void each.then(() => pending.delete(each))
    let looks = 0
    for (; pending.size > 0; looks++) {
      for (const { id: run } of reader.listRuns().runs) {
        expect(reader.listArtifacts(run)).toHaveLength(2)
        expect(reader.readEvents(run)).toHaveLength(from.readEvents(id).length)
        expect(reader.listSeries(run)).toEqual(from.listSeries(id))
      }
      await setImmediate()
    }
    expect(looks).toBeGreaterThan(1)
    expect(reader.listRuns().total).toBe(1)
  })

  it('may be imported again: a second run', async () => {
    const { bundle } = await made()
    const to = await target()
    const [first, second] = [await importBundle(to, bundle, BASE), await importBundle(to, bundle, BASE)]
    expect(first.ok && second.ok && first.value !== second.value).toBe(true)
    expect(to.listRuns().total).toBe(2)
  })

  it('leaves in every format like a run of this machine: the same weights, the same predictions', async () => {
    const { from, id, bundle } = await made()
    const to = await target()
    const imported = await importBundle(to, bundle, BASE)
    const run = imported.ok ? imported.value : ''
    for (const { type } of exporters) expect(await exportRun(to, run, type), type).toMatchObject({ ok: true })
    const both = async <T>(format: string, read: (content: Uint8Array) => T | Promise<T>): Promise<readonly [T, T]> => {
      const [there, here] = [await exportRun(from, id, format), await exportRun(to, run, format)]
      if (!there.ok || !here.ok) throw new Error(format)
      return [await read(there.value.content), await read(here.value.content)]
    }
    const rows = Float32Array.from({ length: 12 }, (_, at) => Math.sin(at))
    for (const [format, read] of [['onnx', predictInOnnx], ['tfjs', predictInTfjs]] as const) {
      const [there, here] = await both(format, (content) => read(content, rows, [3, 4]))
      expect(here).toEqual(there)
    }
    const [weights, same] = await both('safetensors', (content) => decodeSafetensors(content))
    expect(same.ok && weights.ok && same.value.tensors).toEqual(weights.ok && weights.value.tensors)
  })

  it('of a run that was under way rests as interrupted, to be resumed', async () => {
    const from = await opened(temporaryDirectory())
    const bundle = await bundleOf(from, await recordRun(from, { status: 'running' }))
    const to = await target()
    const imported = await importBundle(to, bundle, BASE)
    expect(to.getRun(imported.ok ? imported.value : '')?.status).toBe('interrupted')
  })

  it('without points, events or checkpoints is a run, too', async () => {
    const from = await opened(temporaryDirectory())
    const full = await recordRun(from)
    const { document, documentHash } = from.getRun(full) ?? { document: '', documentHash: '' }
    const bare = from.createRun({ name: 'bare', document, documentHash, datasetHash: '', environment: { engine: 'onnx', device: 'onnx-cpu', threads: 1, versions: {} }, seed: 1 })
    const to = await target()
    expect(await importBundle(to, await bundleOf(from, bare), BASE)).toMatchObject({ ok: true })
  })
})

describe('a bundle that means harm is refused and leaves nothing', () => {
  type Attack = readonly [name: string, code: string, make: (files: Files) => Uint8Array]
  const row = (files: Files, changes: object): string => JSON.stringify({ ...json(files, 'run.json'), ...changes })
  const prepared = (files: Files) => (json(files, 'events.json') as unknown as { kind: string; data: object }[]).find(({ kind }) => kind === 'prepared') ?? { data: {} }
  const events = (files: Files, more: object): string => JSON.stringify([...json(files, 'events.json'), { kind: 'note', step: 0, time: 0, recordedAt: 0, data: null, ...more }])
  const points = (files: Files): { file: string; points: number; metrics: string[] }[] => json(files, 'points.json') as never
  const checkpoint = 'checkpoints/0.safetensors'

  const attacks: readonly Attack[] = [
    ['a path upwards', 'bundle-name', (files) => changed(files, { '../../evil.sh': 'x' })],
    ['an absolute path', 'bundle-name', (files) => changed(files, { '/etc/passwd': 'x' })],
    ['a path of Windows', 'bundle-name', (files) => changed(files, { 'C:\\evil.exe': 'x' })],
    ['a path with a backslash', 'bundle-name', (files) => changed(files, { '..\\evil.exe': 'x' })],
    ['a path into a folder of another name', 'bundle-name', (files) => changed(files, { 'points/../../evil.npy': 'x' })],
    ['a file of no use', 'bundle-name', (files) => changed(files, { 'readme.txt': 'x' })],
    ['a name like an object’s prototype', 'bundle-name', (files) => zipSync(Object.fromEntries([...Object.entries(files), ['__proto__x', strToU8('x')]]))],
    ['zeros without end', 'bundle-too-large', (files) => changed(files, { 'points/999.npy': new Uint8Array(60 * 1024 * 1024) })],
    ['a table that nothing speaks of', 'bundle-broken', (files) => changed(files, { 'points/999.npy': 'x' })],
    ['a checkpoint as a table', 'bundle-broken', (files) => changed(files, { 'checkpoints.json': JSON.stringify([...json(files, 'checkpoints.json'), json(files, 'checkpoints.json')[0]]) })],
    ['no zip at all', 'bundle-broken', () => strToU8('not a zip')],
    ['nothing', 'bundle-broken', () => new Uint8Array(0)],
    ['an archive cut short', 'bundle-broken', (files) => zipSync(files).slice(0, 2000)],
    ['no manifest', 'bundle-broken', (files) => changed(files, { 'manifest.json': null })],
    ['a file that the manifest does not know', 'bundle-broken', (files) => changed(files, { 'manifest.json': files['manifest.json'], 'points/77.npy': 'x' })],
    ['a file that the manifest misses', 'bundle-broken', (files) => changed(files, { 'manifest.json': files['manifest.json'], 'run.json': null })],
    ['a changed file', 'bundle-damaged', (files) => changed(files, { 'manifest.json': files['manifest.json'], 'run.json': row(files, { name: 'other' }) })],
    ['a newer version', 'bundle-version', (files) => changed(files, { 'manifest.json': JSON.stringify({ ...json(files, 'manifest.json'), version: 2 }) })],
    ['another kind of bundle', 'bundle-version', (files) => changed(files, { 'manifest.json': JSON.stringify({ kind: 'cake', version: 1 }) })],
    ['a manifest that is no JSON', 'bundle-json', (files) => changed(files, { 'manifest.json': '{' })],
    ['a row that is no UTF-8', 'bundle-json', (files) => changed(files, { 'run.json': Uint8Array.of(0xff, 0xfe) })],
    ['a row with a field more', 'bundle-json', (files) => changed(files, { 'run.json': row(files, { admin: true }) })],
    ['a name of a million characters', 'bundle-json', (files) => changed(files, { 'run.json': row(files, { name: 'x'.repeat(1_000_000) }) })],
    ['a time before time', 'bundle-json', (files) => changed(files, { 'run.json': row(files, { createdAt: -1 }) })],
    ['a year of five digits', 'bundle-json', (files) => changed(files, { 'run.json': row(files, { createdAt: 8e15 }) })],
    ['a key of the prototype', 'bundle-forbidden-key', (files) => changed(files, { 'run.json': strFromU8(files['run.json']).replace('"versions":{', '"versions":{"__proto__":"x",') })],
    ['a constructor in an event', 'bundle-forbidden-key', (files) => changed(files, { 'events.json': events(files, { data: { constructor: { prototype: { polluted: 1 } } } }) })],
    ['nesting without end', 'bundle-json', (files) => changed(files, { 'events.json': `${'['.repeat(200_000)}${']'.repeat(200_000)}` })],
    ['a metric of the prototype’s name', 'bundle-json', (files) => changed(files, { 'points.json': JSON.stringify(points(files).map((table, at) => (at === 0 ? { ...table, metrics: ['__proto__', ...table.metrics.slice(1)] } : table))) })],
    ['a metric twice', 'bundle-json', (files) => changed(files, { 'points.json': JSON.stringify([...points(files), points(files)[0]]) })],
    ['a table that is not there', 'bundle-broken', (files) => changed(files, { 'points.json': JSON.stringify([...points(files), { file: 'points/55.npy', points: 1, metrics: ['more'] }]) })],
    ['a table elsewhere', 'bundle-broken', (files) => changed(files, { 'points.json': JSON.stringify([{ file: '../run.json', points: 1, metrics: ['more'] }]) })],
    ['a table of more points than it has', 'bundle-points', (files) => changed(files, { 'points.json': JSON.stringify(points(files).map((table) => ({ ...table, points: 2 ** 40 }))) })],
    ['steps that go back', 'bundle-points', (files) => changed(files, { 'points/1.npy': encodeNpy(Float64Array.of(5, 4, 3, 2, 1, 1, 2, 3, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), [4, 5]) })],
    ['steps that are no numbers', 'bundle-points', (files) => changed(files, { 'points/1.npy': encodeNpy(Float64Array.of(1, 2, Number.NaN, 4, 5, 1, 2, 3, 4, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), [4, 5]) })],
    ['a pickle for a table', 'bundle-points', (files) => changed(files, { 'points/1.npy': strFromU8(files['points/1.npy'], true).replace("'<f8'", "'|O' ") })],
    ['preparation facts of another shape', 'bundle-json', (files) => changed(files, { 'events.json': events(files, { kind: 'prepared', data: { rows: 'many' } }) })],
    ['a choice of device of another shape', 'bundle-json', (files) => changed(files, { 'events.json': events(files, { ...prepared(files), data: { ...prepared(files).data, choice: { device: 'x', how: 'fallback', speeds: {}, leftOut: { y: 'z' } } } }) })],
    ['a matrix of another size', 'bundle-json', (files) => changed(files, { 'events.json': events(files, { kind: 'evaluation', data: { key: 'k', matrix: { rows: 99, columns: 99, data: [1] } } }) })],
    ['a picture of another size', 'bundle-json', (files) => changed(files, { 'events.json': events(files, { kind: 'snapshot', data: { kind: 'plane', x: [0, 1], y: [0, 1], size: 4000, outputs: 1, range: [0, 1], data: 'AAAA' } }) })],
    ['a document that is none', 'document-not-json', (files) => changed(files, { 'document.descent.json': 'x' })],
    ['a document with keys of the prototype', 'document-forbidden-key', (files) => changed(files, { 'document.descent.json': '{"__proto__":{}}' })],
    ['a document that is too large', 'document-too-large', (files) => changed(files, { 'document.descent.json': ' '.repeat(9 * 1024 * 1024) })],
    ['a checkpoint that is no safetensors', 'run-checkpoint-damaged', (files) => changed(files, { [checkpoint]: 'x' })],
    ['a checkpoint whose header claims gigabytes', 'run-checkpoint-damaged', (files) => changed(files, { [checkpoint]: Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0) })],
    ['a checkpoint whose tensors overlap', 'run-checkpoint-damaged', (files) => changed(files, { [checkpoint]: safetensors('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', 4) })],
    ['a checkpoint of another model', 'bundle-checkpoint', (files) => changed(files, { [checkpoint]: other(files[checkpoint]) })],
    ['a checkpoint of another step', 'bundle-json', (files) => changed(files, { 'checkpoints.json': JSON.stringify((json(files, 'checkpoints.json') as unknown as { step: number }[]).map((entry) => ({ ...entry, step: entry.step + 1 }))) })],
    ['a checkpoint without facts', 'bundle-json', (files) => changed(files, { 'events.json': '[]' })],
  ]

  function safetensors(header: string, bytes: number): Uint8Array {
    const file = new Uint8Array(8 + header.length + bytes)
    new DataView(file.buffer).setBigUint64(0, BigInt(header.length), true)
    file.set(strToU8(header), 8)
    return file
  }

  /** The same metadata over one foreign tensor. */
  function other(checkpointFile: Uint8Array): Uint8Array {
    const length = Number(new DataView(checkpointFile.buffer, checkpointFile.byteOffset).getBigUint64(0, true))
    const header = JSON.parse(strFromU8(checkpointFile.subarray(8, 8 + length))) as { __metadata__: Record<string, string> }
    return encodeSafetensors([{ name: 'foreign', dtype: 'float32', shape: [1], data: Float32Array.of(1) }], header.__metadata__)
  }

  it.each(attacks)('%s', async (_name, code, make) => {
    const files = await madeFiles()
    const to = await target()
    const refused = await importBundle(to, make(files), BASE)
    expect(refused).toMatchObject({ ok: false })
    const [issue] = refused.ok ? [] : refused.issues
    expect(issue.code).toBe(code)
    expect(issueMessages[issue.code]).toBeDefined()
    expect(to.listRuns().total).toBe(0)
    expect(({} as { polluted?: number }).polluted).toBeUndefined()
  })

  it('whatever bytes come, an issue and no crash', async () => {
    const { bundle } = await made()
    const to = await target()
    await fc.assert(
      fc.asyncProperty(fc.nat(bundle.length - 1), fc.integer({ min: 1, max: 255 }), fc.boolean(), async (at, by, cut) => {
        const broken = cut ? bundle.slice(0, at) : bundle.with(at, bundle[at] ^ by)
        const imported = await importBundle(to, broken, BASE)
        // A flipped bit outside of all content (a date, a comment) may leave the bundle whole.
        if (imported.ok) expect(to.listSeries(imported.value)).toHaveLength(5)
        else for (const { code } of imported.issues) expect(issueMessages[code]).toBeDefined()
      }),
      { numRuns: 150 },
    )
  })

  it('a good one is taken after all that', async () => {
    const files = await madeFiles()
    const to = await target()
    const imported = await importBundle(to, changed(files, {}), BASE)
    expect(to.getRun(imported.ok ? imported.value : '')?.steps).toBe(STEPS)
  })
})
