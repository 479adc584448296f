import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { beforeAll, expect, test } from 'vitest'
import type { HistoryApi } from '@main/core/history'
import { randomSource } from '@shared/lib/random'
import { close, opened } from '../../helpers/history'
import { temporaryDirectory } from '../../helpers/temporary'
import { bundle } from './bundle'
import { valueOf } from './value-of'

let recorder = ''

beforeAll(async () => {
  recorder = await bundle('recorder')
})

/** What a process said that it had recorded before it was killed. */
interface Acknowledged {
  /** By run: points that were buffered for a second of the recorder's own time, or written with the run's end. */
  readonly points: Map<string, number>
  readonly events: Map<string, number[]>
  readonly runs: string[]
  readonly done: string[]
  /** The newest of each run. */
  readonly checkpoints: Map<string, string>
}

/** Lets the recorder work for so long, kills it, returns what it said, line by line in words. */
async function recordAndKill(directory: string, seed: number, milliseconds: number): Promise<readonly (readonly string[])[]> {
  const child = spawn(process.execPath, [recorder, directory, String(seed)], { stdio: ['ignore', 'pipe', 'inherit'] })
  const lines: string[][] = []
  const ended = new Promise((resolveEnd) => child.once('close', resolveEnd))
  await new Promise<void>((resolveKill) => {
    let first = true
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line.split(' '))
      if (first) setTimeout(resolveKill, milliseconds)
      first = false
    })
    void ended.then(() => resolveKill())
  })
  expect(child.kill('SIGKILL')).toBe(true)
  await ended
  expect(child.signalCode).toBe('SIGKILL')
  return lines
}

function acknowledgedBy(lines: Awaited<ReturnType<typeof recordAndKill>>): Acknowledged {
  const said: Acknowledged = { points: new Map(), events: new Map(), runs: [], done: [], checkpoints: new Map() }
  // A timer writes what is buffered; it has had its turn between the last two lines about points.
  const times = lines.flatMap(([kind, , , at]) => (kind === 'points' ? [Number(at)] : []))
  const due = (times.at(-2) ?? 0) - 1000
  for (const [kind, id, value, at] of lines) {
    if (kind === 'run') said.runs.push(id)
    else if (kind === 'points' && Number(at) <= due) said.points.set(id, Number(value))
    else if (kind === 'event') said.events.set(id, [...(said.events.get(id) ?? []), Number(value)])
    else if (kind === 'checkpoint') said.checkpoints.set(id, value)
    else if (kind === 'done') {
      said.done.push(id)
      said.points.set(id, Number(value))
    }
  }
  return said
}

async function expectKept(history: HistoryApi, said: Acknowledged): Promise<void> {
  for (const id of said.runs) {
    expect(history.getRun(id)?.status).toMatch(said.done.includes(id) ? /^done$/ : /^(interrupted|done)$/)
    const turns = history.readEvents(id).map(({ data }) => (data as { turn: number }).turn)
    expect(turns.slice(0, said.events.get(id)?.length ?? 0)).toEqual(said.events.get(id) ?? [])
    for (const key of history.listSeries(id)) {
      const { steps, values, total } = history.readSeries(id, key, { maxPoints: 1e9 })
      expect(total).toBeGreaterThanOrEqual(said.points.get(id) ?? 0)
      expect(steps.every((step, index) => step === index)).toBe(true)
      expect(values.every((value, index) => value === valueOf(index))).toBe(true)
    }
    const latest = history.latestCheckpoint(id)
    if (said.checkpoints.has(id)) expect(latest).not.toBeNull()
    for (const { hash } of history.listArtifacts(id)) await history.artifacts.read(hash)
  }
}

test('nothing acknowledged is lost when the process is killed at any moment, again and again', async () => {
  const directory = temporaryDirectory()
  const random = randomSource(20_261_122)
  const said: Acknowledged[] = []
  const points = (): number => said.reduce((sum, { points: each }) => sum + [...each.values()].reduce((all, count) => all + count, 0), 0)
  const checkpoints = (): number => said.reduce((sum, { checkpoints: each }) => sum + each.size, 0)
  // The test says nothing unless the recorder did enough: on a busy machine that takes more rounds.
  for (let round = 0; round < 8 || points() <= 10_000 || checkpoints() === 0; round++) {
    said.push(acknowledgedBy(await recordAndKill(directory, round, round % 2 === 0 ? random.integer(300) : 1000 + random.integer(1500))))
    const history = await opened(directory)
    expect(history.check()).toEqual([])
    for (const each of said) await expectKept(history, each)
    // Whole files only, recorded or not; the folder comes with the first.
    const { directory: files } = history.artifacts
    for (const name of existsSync(files) ? readdirSync(files) : []) await history.artifacts.read(name)
    close(history)
  }
})

test('while the recorder lives no other may write; when it was killed the next one may', async () => {
  const directory = temporaryDirectory()
  const child = spawn(process.execPath, [recorder, directory, '1'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise((resolveEnd) => child.once('close', resolveEnd))
  await new Promise((resolveLine) => createInterface(child.stdout).once('line', resolveLine))
  await expect(opened(directory)).rejects.toMatchObject({ issues: [{ code: 'history-locked', path: [], args: { path: join(directory, 'writer.lock'), pid: child.pid } }] })
  const reader = await opened(directory, { mode: 'read' })
  expect(reader.listRuns().runs[0].status).toBe('running')
  close(reader)
  child.kill('SIGKILL')
  await ended
  const next = await opened(directory)
  expect(next.interrupted.length).toBeGreaterThan(0)
  expect(next.listRuns({ filter: { status: ['queued', 'running', 'paused'] } }).total).toBe(0)
})
