import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ArtifactStore, sha256 } from '@main/core/artifacts'
import { IssueError } from '@shared/spec/issue'
import { close, NEW_RUN, opened, unprivileged } from '../../helpers/history'
import { temporaryDirectory } from '../../helpers/temporary'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

async function codeOf(body: Promise<unknown>): Promise<string> {
  try {
    await body
  } catch (error) {
    if (error instanceof IssueError) return error.issues[0].code
    throw error
  }
  return ''
}

describe('the store', () => {
  test('names files by the SHA-256 of their content and reads them back', async () => {
    const store = new ArtifactStore(join(temporaryDirectory(), 'artifacts'))
    const stored = await store.put(bytes('abc'))
    expect(stored).toEqual({ hash: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', bytes: 3 })
    expect(new Uint8Array(await store.read(stored.hash))).toEqual(bytes('abc'))
    expect(readdirSync(store.directory)).toEqual([stored.hash])
    expect([store.has(stored.hash), store.has(sha256('other'))]).toEqual([true, false])
  })

  test('proves the content on reading; storing it again mends it', async () => {
    const store = new ArtifactStore(temporaryDirectory())
    const { hash } = await store.put(bytes('abc'))
    writeFileSync(store.pathOf(hash), 'abd')
    expect(await codeOf(store.read(hash))).toBe('artifact-damaged')
    await store.put(bytes('abc'))
    expect(await codeOf(store.read(hash))).toBe('')
    store.remove(hash)
    store.remove(hash)
    expect(await codeOf(store.read(hash))).toBe('artifact-missing')
  })

  test('takes many files at once, equal ones too', async () => {
    const store = new ArtifactStore(temporaryDirectory())
    const stored = await Promise.all(Array.from({ length: 40 }, (_, index) => store.put(bytes(String(index % 10)))))
    expect(readdirSync(store.directory).sort()).toEqual([...new Set(stored.map(({ hash }) => hash))].sort())
  })

  test('shares its folder with other stores, as of runs that train side by side', async () => {
    const directory = temporaryDirectory()
    const stored = await Promise.all(Array.from({ length: 40 }, (_, index) => new ArtifactStore(directory).put(bytes(String(index)))))
    expect(readdirSync(directory).sort()).toEqual(stored.map(({ hash }) => hash).sort())
  })

  test('sweeps unfinished files and nothing else', async () => {
    const store = new ArtifactStore(temporaryDirectory())
    const { hash } = await store.put(bytes('abc'))
    writeFileSync(join(store.directory, '.part-123-0'), 'half')
    writeFileSync(join(store.directory, '.part-123-4-0'), 'half')
    writeFileSync(join(store.directory, 'readme.part-1-1'), 'the user’s own')
    store.sweep()
    expect(readdirSync(store.directory).sort()).toEqual([hash, 'readme.part-1-1'].sort())
    new ArtifactStore(join(store.directory, 'absent')).sweep()
  })

  test('leaves nothing behind where it may not write', async () => {
    const directory = temporaryDirectory()
    const store = new ArtifactStore(join(directory, 'artifacts'))
    mkdirSync(store.directory, { mode: 0o555 })
    expect(await unprivileged(async () => await codeOf(store.put(bytes('abc'))))).toBe('artifact-not-writable')
    expect(readdirSync(store.directory)).toEqual([])
    writeFileSync(join(directory, 'file'), '')
    expect(await codeOf(new ArtifactStore(join(directory, 'file')).put(bytes('abc')))).toBe('artifact-not-writable')
  })
})

describe('a run’s artifacts', () => {
  test('are listed by kind, newest step first', async () => {
    const history = await opened(temporaryDirectory())
    const id = history.createRun(NEW_RUN)
    const { hash } = await history.artifacts.put(bytes('state'))
    const add = (kind: 'checkpoint' | 'best' | 'export', step: number): void =>
      void history.addArtifact(id, { kind, step, epoch: step / 10, hash, bytes: 5, label: `${kind} ${step}` })
    add('checkpoint', 10)
    add('best', 15)
    add('checkpoint', 20)
    add('export', 25)
    expect(history.listArtifacts(id).map(({ step }) => step)).toEqual([25, 20, 15, 10])
    expect(history.listArtifacts(id, 'checkpoint').map(({ step }) => step)).toEqual([20, 10])
    expect(history.latestCheckpoint(id)).toMatchObject({ kind: 'checkpoint', step: 20, epoch: 2, hash, bytes: 5, label: 'checkpoint 20' })
    expect(history.latestCheckpoint(history.createRun(NEW_RUN))).toBeNull()
  })

  test('need their file', async () => {
    const history = await opened(temporaryDirectory())
    const id = history.createRun(NEW_RUN)
    expect(() => history.addArtifact(id, { kind: 'checkpoint', step: 1, epoch: 0, hash: sha256('absent'), bytes: 6 })).toThrow('artifact-missing')
    expect(history.listArtifacts(id)).toEqual([])
  })

  test('lose their file with the last run that has it', async () => {
    const history = await opened(temporaryDirectory())
    const [a, b] = [history.createRun(NEW_RUN), history.createRun(NEW_RUN)]
    const shared = await history.artifacts.put(bytes('shared'))
    const own = await history.artifacts.put(bytes('own'))
    const artifact = { kind: 'checkpoint', step: 1, epoch: 0 } as const
    history.addArtifact(a, { ...artifact, ...shared })
    history.addArtifact(a, { ...artifact, ...own })
    const last = history.addArtifact(b, { ...artifact, ...shared })
    history.deleteRun(a)
    expect([history.artifacts.has(shared.hash), history.artifacts.has(own.hash)]).toEqual([true, false])
    history.removeArtifact(last.id)
    expect(history.artifacts.has(shared.hash)).toBe(false)
    expect(history.listArtifacts(b)).toEqual([])
  })

  test('a rewind removes those of later steps', async () => {
    const history = await opened(temporaryDirectory())
    const id = history.createRun(NEW_RUN)
    const files = await Promise.all(['1', '2'].map(async (text) => await history.artifacts.put(bytes(text))))
    files.forEach((file, index) => history.addArtifact(id, { kind: 'checkpoint', step: index + 1, epoch: 0, ...file }))
    history.rewindRun(id, 1)
    expect(history.latestCheckpoint(id)?.step).toBe(1)
    expect(files.map(({ hash }) => history.artifacts.has(hash))).toEqual([true, false])
  })

  test('a removal that a crash cut short is finished at the next opening; unfinished files go too', async () => {
    const directory = temporaryDirectory()
    const history = await opened(directory)
    const [id] = [history.createRun(NEW_RUN), history.createRun(NEW_RUN)]
    const file = await history.artifacts.put(bytes('state'))
    history.addArtifact(id, { kind: 'checkpoint', step: 1, epoch: 0, ...file })
    history.deleteRun(id)
    close(history)
    // What a crash between the rows' and the file's removal leaves: the file, and its hash among the garbage.
    await history.artifacts.put(bytes('state'))
    writeFileSync(join(directory, 'artifacts', '.part-1-0'), 'half')
    const { default: SqliteDatabase } = await import('better-sqlite3')
    const database = new SqliteDatabase(join(directory, 'descent.sqlite'))
    database.prepare('INSERT INTO garbage VALUES (?)').run(file.hash)
    database.close()
    const again = await opened(directory)
    expect(readdirSync(again.artifacts.directory)).toEqual([])
  })
})

test('the database gives freed space back', async () => {
  const directory = temporaryDirectory()
  const history = await opened(directory)
  const id = history.createRun(NEW_RUN)
  const values = Float64Array.from({ length: 200_000 }, (_, index) => Math.sin(index))
  history.appendPoints(id, { steps: values.map((_, index) => index), times: values, columns: { loss: values } })
  close(history)
  const full = statSync(join(directory, 'descent.sqlite')).size
  const again = await opened(directory)
  again.deleteRun(id)
  close(again)
  expect(statSync(join(directory, 'descent.sqlite')).size).toBeLessThan(full / 4)
})
