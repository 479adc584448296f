import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Browser, CDPSession, Page } from 'playwright'
import type { Client } from '@shared/protocol/contract'
import { need, parseDocument } from '@shared/spec'
import { treeMemory } from './lib/processes'
import { median } from './throughput/report'
import { connectTo } from './ui/client'
import { fillHistory } from './ui/history'

/**
 * The window's speed in a real Chromium against the real host: `npm run bench -- ui [chromium]`. Prints JSON; every figure
 * also on stderr as soon as it is known. Frames per second say nothing on a busy machine: beside them stands what the
 * window's scripts compute per second of live charts.
 *
 * Two loads: runs whose steps are so long that they make little more than the wanted 5,000 a second together (`live…`), and
 * runs that make as many as the machine can (`liveMost…`). Either leaves no core idle.
 */
const ROUNDS = 5
const LIVE_SECONDS = 8
const WARM_UP_SECONDS = 3
const WANTED_STEPS = 5000
/** Units of both hidden layers, until two runs make the wanted steps. */
const SIZES = [512, 384, 256, 192, 128, 96, 64, 32]
/** Until every bounded store of the window is full: an hour takes no more. At 5,000 steps a second a metric's points are thinned after 52 seconds. */
const FILLING_SECONDS = 90
/** Two of these report well above 5,000 steps a second together. */
const FAST = experiment([8])

function experiment(hidden: readonly number[]): object {
  return {
    format: 1,
    name: 'fast',
    dataset: { type: 'moons', rows: 2000 },
    model: { nodes: [...hidden.map((units) => ({ type: 'dense', units, activation: 'tanh' })), { type: 'dense', units: 1, activation: 'sigmoid' }] },
    training: { loss: 'binaryCrossentropy', metrics: ['accuracy'], optimizer: 'sgd', batchSize: 32, epochs: 1_000_000 },
  }
}

const figures: Record<string, number> = {}

function told(more: Readonly<Record<string, number>>): void {
  Object.assign(figures, more)
  for (const [name, value] of Object.entries(more)) console.error(`${name} ${String(Math.round(10 * value) / 10)}`)
}

const directory = mkdtempSync(join(tmpdir(), 'descent-ui-'))
writeFileSync(join(directory, 'settings.json'), JSON.stringify({ language: 'en', theme: 'light', 'tour.step': 9 }))

async function serve(): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, '..', 'cli.js'), 'serve', '--no-open', '--data-dir', directory], { stdio: ['ignore', 'pipe', 'ignore'] })
  const url = await new Promise<string>((resolve) => {
    let text = ''
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const [found] = /http:\/\/\S+/.exec(text) ?? []
      if (found !== undefined) resolve(found)
    })
  })
  return { child, url }
}

/** Milliseconds to the first contentful paint and until the train button can be pressed. */
async function opening(browser: Browser, url: string): Promise<{ readonly paint: number; readonly usable: number }> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const began = performance.now()
  await page.goto(url)
  await page.locator('[data-testid=train-button]:not([disabled])').waitFor()
  const usable = performance.now() - began
  const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN)
  await page.close()
  return { paint, usable }
}

/** Milliseconds from the click until the next frame after `shown` holds. */
async function timed(page: Page, click: () => Promise<void>, shown: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await click()
  await shown()
  await page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))')
  return performance.now() - began
}

/** In a window that has just been opened: milliseconds from the click until the table of all runs shows its first page and is complete, and until every curve is drawn. */
async function fullRooms(client: Client, browser: Browser, url: string): Promise<{ readonly table: number; readonly complete: number; readonly overlay: number }> {
  // The window opens in the room that it was left in.
  await client.request('settings.write', { key: 'frame.room', value: 'build' })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(url)
  await page.locator('[data-testid=train-button]').waitFor()
  const table = await timed(page, () => page.locator('[data-testid=room-runs]').click(), () => page.getByText('run 9999').first().waitFor())
  const rest = await timed(page, () => Promise.resolve(), () => page.locator('[data-testid=runs-count]', { hasText: /^10000 of 10000 runs$/ }).waitFor())
  const overlay = await timed(page, () => page.locator('[data-testid=room-compare]').click(), () => page.locator('[data-compare-drawn="50"]').waitFor({ state: 'attached' }))
  await page.close()
  return { table, complete: table + rest, overlay }
}

/** Frames per second over some seconds. As text: this program knows no browser types. */
async function framesPerSecond(page: Page): Promise<number> {
  return await page.evaluate<number>(`(async () => {
    let frames = 0
    const began = performance.now()
    while (performance.now() - began < ${LIVE_SECONDS * 1000}) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      frames++
    }
    return (frames * 1000) / (performance.now() - began)
  })()`)
}

async function startTwo(client: Client, document: object): Promise<readonly string[]> {
  const parsed = need(parseDocument(document))
  const runs: string[] = []
  for (let run = 0; run < 2; run++) {
    const { runId } = need(await client.request('runs.start', { document: parsed, tab: null }))
    runs.push(runId)
  }
  return runs
}

async function stop(client: Client, runs: readonly string[]): Promise<void> {
  for (const runId of runs) await client.request('runs.control', { runId, control: { type: 'stop', as: 'stopped' } })
  while ((await client.request('app.status', {})).running.length > 0) await sleep(100)
}

/** Two runs train while the train room shows one of them. */
async function live(client: Client, browser: Browser, url: string, document: object): Promise<{ readonly page: Page; readonly runs: readonly string[]; readonly fps: number; readonly scriptMs: number; readonly steps: number }> {
  const runs = await startTwo(client, document)
  await client.request('workspace.write', { tabs: [{ id: 'bench', text: JSON.stringify(document), file: null, savedText: null }], active: 'bench' })
  await client.request('settings.write', { key: 'tabs.runs', value: { bench: runs[0] } })
  await client.request('settings.write', { key: 'frame.room', value: 'train' })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.goto(url)
  await page.locator('[data-testid=chart-loss]').waitFor()
  await sleep(WARM_UP_SECONDS * 1000)
  const devtools = await page.context().newCDPSession(page)
  // Counts from here on.
  await devtools.send('Performance.enable')
  const before = await stepsOf(client, runs)
  const script = await scriptSeconds(devtools)
  const began = performance.now()
  const fps = await framesPerSecond(page)
  const seconds = (performance.now() - began) / 1000
  const scripts = (await scriptSeconds(devtools)) - script
  const steps = ((await stepsOf(client, runs)) - before) / seconds
  await devtools.detach()
  return { page, runs, fps, scriptMs: (1000 * scripts) / seconds, steps }
}

/** The largest network of which two runs make the wanted steps together. */
async function steady(client: Client, browser: Browser, url: string): Promise<void> {
  for (const units of SIZES) {
    const { page, runs, fps, scriptMs, steps } = await live(client, browser, url, experiment([units, units]))
    await page.close()
    await stop(client, runs)
    if (steps < WANTED_STEPS) continue
    return told({ liveFps: fps, liveScriptMs: scriptMs, liveStepsPerSecond: steps, liveUnits: units })
  }
}

async function most(client: Client, browser: Browser, url: string): Promise<void> {
  const { page, runs, fps, scriptMs, steps } = await live(client, browser, url, FAST)
  told({ liveMostFps: fps, liveMostScriptMs: scriptMs, liveMostStepsPerSecond: steps })
  await sleep(FILLING_SECONDS * 1000)
  const heap = await heapBytes(page)
  await stop(client, runs)
  told({ livePoints: await stepsOf(client, runs), rendererHeapMB: heap / 1e6 })
}

/** Seconds that the window's scripts have computed since the session counts. */
async function scriptSeconds(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN
}

/** What is left after garbage is collected. */
async function heapBytes(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devtools.send('Runtime.getHeapUsage')
  await devtools.detach()
  return usedSize
}

async function stepsOf(client: Client, runs: readonly string[]): Promise<number> {
  let sum = 0
  for (const runId of runs) sum += (await client.request('runs.read', { runId }))?.steps ?? 0
  return sum
}

const [executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))] = process.argv.slice(2)
if (executablePath === undefined) {
  console.error('No Chromium found: give its path, npm run bench -- ui /path/to/chromium')
  process.exit(1)
}
const { chromium } = await import('playwright')
const overlaid = await fillHistory(directory, 10_000, 50, 10_000)
const { child, url } = await serve()
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--enable-precise-memory-info'] })
try {
  const openings = []
  for (let round = 0; round < ROUNDS; round++) openings.push(await opening(browser, url))
  told({ firstPaintMs: median(openings.map(({ paint }) => paint)), usableMs: median(openings.map(({ usable }) => usable)) })
  const client = await connectTo(url)
  await client.request('settings.write', { key: 'compare.runs', value: [...overlaid] })
  const rooms = []
  for (let round = 0; round < ROUNDS; round++) rooms.push(await fullRooms(client, browser, url))
  told({
    runsTable10000Ms: median(rooms.map(({ table }) => table)),
    runsTableComplete10000Ms: median(rooms.map(({ complete }) => complete)),
    overlay50x10000Ms: median(rooms.map(({ overlay }) => overlay)),
  })
  await steady(client, browser, url)
  await most(client, browser, url)
  told({ hostMemoryMB: treeMemory(child.pid ?? 0) / 1e6 })
  console.log(JSON.stringify(figures))
} finally {
  await browser.close()
  child.kill('SIGINT')
  child.on('exit', () => rmSync(directory, { recursive: true, force: true }))
}
