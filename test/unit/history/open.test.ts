import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import SqliteDatabase from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { checkNode } from '@main/core/history/driver'
import { APPLICATION_ID } from '@main/core/history/file'
import { MIGRATIONS } from '@main/core/history/migrations'
import { migrate } from '@main/core/history/open'
import { close, codesOfOpening, NEW_RUN, opened, unprivileged } from '../../helpers/history'
import { temporaryDirectory } from '../../helpers/temporary'

const FILE = 'descent.sqlite'

/** A directory with a finished run, cleanly closed. */
async function recorded(): Promise<{ directory: string; path: string; id: string }> {
  const directory = temporaryDirectory()
  const history = await opened(directory)
  const id = history.createRun({ ...NEW_RUN, status: 'done' })
  const values = Float64Array.from({ length: 20_000 }, (_, index) => Math.cos(index))
  history.appendPoints(id, { steps: values.map((_, index) => index), times: values, columns: { loss: values } })
  close(history)
  return { directory, path: join(directory, FILE), id }
}

describe('Node', () => {
  test.each([
    ['20.20.0', false],
    ['22.13.1', false],
    ['22.14.0', true],
    ['23.0.0', true],
    ['24.21.0', true],
  ])('%s: %s', (version, fine) => {
    const checked = checkNode(version)
    expect(checked.ok ? [] : checked.issues).toEqual(fine ? [] : [{ code: 'history-node-too-old', path: [], args: { found: version, needed: '22.14' } }])
  })
})

describe('opening for writing', () => {
  test('makes the directory, and leaves one file and the lock when closed', async () => {
    const directory = join(temporaryDirectory(), 'deep', 'er')
    const history = await opened(directory)
    history.createRun(NEW_RUN)
    close(history)
    expect(readdirSync(directory).sort()).toEqual([FILE, 'writer.lock'])
  })

  test('leaves nothing where nothing was recorded', async () => {
    const above = temporaryDirectory()
    const history = await opened(join(above, 'deep', 'er'))
    history.deleteRun(history.createRun(NEW_RUN))
    close(history)
    expect(readdirSync(above)).toEqual([])
    mkdirSync(join(above, 'mine'))
    close(await opened(join(above, 'mine')))
    expect(readdirSync(join(above, 'mine'))).toEqual([])
    writeFileSync(join(above, 'mine', 'note'), '')
    close(await opened(join(above, 'mine', 'runs')))
    expect(readdirSync(join(above, 'mine'))).toEqual(['note'])
  })

  test('keeps a database that was there before, though it has no runs', async () => {
    const { directory, id } = await recorded()
    const history = await opened(directory)
    history.deleteRun(id)
    close(history)
    expect(readdirSync(directory)).toContain(FILE)
    expect(await codesOfOpening(directory)).toEqual([])
  })

  test('takes an empty file, as a crash at the first opening leaves it', async () => {
    const directory = temporaryDirectory()
    writeFileSync(join(directory, FILE), '')
    expect(await codesOfOpening(directory)).toEqual([])
  })

  test('refuses a later version’s database without touching it', async () => {
    const { directory, path } = await recorded()
    const database = new SqliteDatabase(path)
    database.pragma(`user_version = ${MIGRATIONS.length + 1}`)
    database.close()
    const before = readFileSync(path)
    expect(await codesOfOpening(directory)).toEqual(['history-newer'])
    expect(await codesOfOpening(directory, { mode: 'read' })).toEqual(['history-newer'])
    expect(readFileSync(path).equals(before)).toBe(true)
    expect(readdirSync(directory).sort()).toEqual([FILE, 'writer.lock'])
  })

  test('refuses a later version whose number is still in the write-ahead log', async () => {
    const { directory, path } = await recorded()
    const later = new SqliteDatabase(path)
    later.pragma('wal_autocheckpoint = 0')
    later.pragma(`user_version = ${MIGRATIONS.length + 1}`)
    expect(await codesOfOpening(directory)).toEqual(['history-newer'])
    expect(await codesOfOpening(directory, { mode: 'read' })).toEqual(['history-newer'])
    later.close()
  })

  test.each<readonly [string, (path: string) => void, string]>([
    ['text', (path) => writeFileSync(path, 'not a database, though long enough to have a header'.repeat(9)), 'history-not-database'],
    ['a few bytes', (path) => writeFileSync(path, 'SQLite format 3\0'), 'history-not-database'],
    ['a folder', (path) => void mkdirSync(path), 'history-not-database'],
    [
      'another program’s database',
      (path) => void new SqliteDatabase(path).exec('CREATE TABLE t (x); INSERT INTO t VALUES (1)').close(),
      'history-not-database',
    ],
    ['another program’s numbered database', (path) => void new SqliteDatabase(path).exec('CREATE TABLE t (x); PRAGMA user_version = 1').close(), 'history-not-database'],
  ])('refuses %s without touching it', async (_name, make, code) => {
    const directory = temporaryDirectory()
    const path = join(directory, FILE)
    make(path)
    const content = (): string => (statSync(path).isFile() ? readFileSync(path, 'latin1') : '')
    const before = content()
    expect(await codesOfOpening(directory)).toEqual([code])
    expect(await codesOfOpening(directory, { mode: 'read' })).toEqual([code])
    expect(content()).toBe(before)
  })

  test.each([0.2, 0.6, 0.95])('refuses a file cut to %f of its length without touching it', async (share) => {
    const { directory, path } = await recorded()
    truncateSync(path, Math.floor(statSync(path).size * share))
    const before = readFileSync(path)
    expect(await codesOfOpening(directory)).toEqual(['history-damaged'])
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('tells a damaged page when it is read, and the check finds it', async () => {
    const { directory, path, id } = await recorded()
    const content = readFileSync(path)
    content.fill(0xff, Math.floor(content.length / 2), Math.floor(content.length / 2) + 3 * 4096)
    writeFileSync(path, content)
    const history = await opened(directory)
    expect(history.check().length).toBeGreaterThan(0)
    expect(() => history.readSeries(id, 'loss', { maxPoints: 1e6 })).toThrow('history-damaged')
  })

  test('refuses a directory that it may not write, and makes nothing', async () => {
    const directory = temporaryDirectory()
    chmodSync(directory, 0o555)
    expect(await unprivileged(async () => await codesOfOpening(directory))).toEqual(['history-not-writable'])
    expect(await unprivileged(async () => await codesOfOpening(join(directory, 'below')))).toEqual(['history-not-writable'])
    expect(readdirSync(directory)).toEqual([])
    writeFileSync(join(directory, 'file'), '')
    expect(await codesOfOpening(join(directory, 'file'))).toEqual(['history-not-writable'])
  })

  test('refuses an existing database in a directory that it may not write', async () => {
    const { directory, path } = await recorded()
    for (const name of readdirSync(directory)) chmodSync(join(directory, name), 0o444)
    chmodSync(directory, 0o555)
    const before = readFileSync(path)
    expect(await unprivileged(async () => await codesOfOpening(directory))).toEqual(['history-not-writable'])
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test('makes a damaged lock file anew', async () => {
    const directory = temporaryDirectory()
    writeFileSync(join(directory, 'writer.lock'), 'garbage'.repeat(1000))
    expect(await codesOfOpening(directory)).toEqual([])
  })
})

describe('two at one directory', () => {
  test('the second writer is refused and told who; after the first closed it may', async () => {
    const directory = temporaryDirectory()
    const first = await opened(directory)
    expect(await codesOfOpening(directory)).toEqual(['history-locked'])
    close(first)
    expect(await codesOfOpening(directory)).toEqual([])
  })

  test('readers see what the writer commits, and cannot write', async () => {
    const directory = temporaryDirectory()
    const writer = await opened(directory)
    const reader = await opened(directory, { mode: 'read' })
    const id = writer.createRun(NEW_RUN)
    writer.appendPoints(id, { steps: [1, 2], times: [0, 1], columns: { loss: [3, 4] } })
    expect(reader.readSeries(id, 'loss', { maxPoints: 100 }).total).toBe(0)
    writer.flush()
    expect([...reader.readSeries(id, 'loss', { maxPoints: 100 }).values]).toEqual([3, 4])
    expect(() => reader.createRun(NEW_RUN)).toThrow('opened for reading')
    expect(() => reader.appendPoints(id, { steps: [], times: [], columns: {} })).toThrow('opened for reading')
  })

  test('a failed opening gives the lock back', async () => {
    const directory = temporaryDirectory()
    const path = join(directory, FILE)
    const foreign = new SqliteDatabase(path)
    foreign.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x)')
    expect(await codesOfOpening(directory)).toEqual(['history-not-database'])
    foreign.exec('DROP TABLE t')
    foreign.close()
    expect(await codesOfOpening(directory)).toEqual([])
  })
})

describe('opening for reading', () => {
  test('makes nothing where nothing was recorded', async () => {
    const directory = join(temporaryDirectory(), 'absent')
    expect(await codesOfOpening(directory, { mode: 'read' })).toEqual(['history-missing'])
    expect(existsSync(directory)).toBe(false)
  })

  test('works where nothing may be written', async () => {
    const { directory, id } = await recorded()
    for (const name of readdirSync(directory)) chmodSync(join(directory, name), 0o444)
    chmodSync(directory, 0o555)
    const name = await unprivileged(async () => {
      const reader = await opened(directory, { mode: 'read' })
      const run = reader.getRun(id)
      close(reader)
      return run?.name
    })
    expect(name).toBe('digits')
  })
})

describe('migrations', () => {
  test('run in order, each together with its number', () => {
    const database = new SqliteDatabase(':memory:')
    const steps = [
      { name: 'one', sql: 'CREATE TABLE t (x)' },
      { name: 'two', sql: 'ALTER TABLE t ADD COLUMN y; INSERT INTO t VALUES (1, 2)' },
    ]
    migrate(database, 0, steps.slice(0, 1))
    expect([database.pragma('user_version', { simple: true }), database.pragma('application_id', { simple: true })]).toEqual([1, APPLICATION_ID])
    const failing = { name: 'three', sql: 'INSERT INTO t VALUES (3, 4); SELECT nonsense' }
    expect(() => migrate(database, 1, [...steps, failing])).toThrow('nonsense')
    expect(database.pragma('user_version', { simple: true })).toBe(2)
    expect(database.prepare('SELECT * FROM t').all()).toEqual([{ x: 1, y: 2 }])
    database.close()
  })
})
