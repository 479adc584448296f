import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openCore, type Core, type CoreEvent } from '@main/core'
import type { CheckpointReason, RunFacts } from '@shared/protocol/training'
import { need, parseDocument, type ExperimentDocument } from '@shared/spec'
import { decodeCheckpoint, type SavedRun } from '@main/worker/checkpoint'

export const ROOT = join(import.meta.dirname, '..', '..')

/** A core with its own training process and data directory; `close` removes both. */
export class TestCore {
  private constructor(
    readonly core: Core,
    readonly directory: string,
  ) {}

  static async open(options: { readonly directory?: string; readonly lanes?: number } = {}): Promise<TestCore> {
    const directory = options.directory ?? mkdtempSync(join(tmpdir(), 'descent-test-'))
    const core = need(await openCore({
      dataDirectory: directory,
      resourcesDirectory: join(ROOT, 'resources'),
      programDirectory: join(ROOT, 'out', 'main'),
      version: 'test',
      lanes: options.lanes,
    }))
    return new TestCore(core, directory)
  }

  /** Ends the process, keeping the files: as a host that quits. */
  async quit(): Promise<void> {
    await this.core.close()
  }

  async close(): Promise<void> {
    await this.core.close()
    rmSync(this.directory, { recursive: true, force: true })
  }

  start(value: object, options: { readonly stepsPerDispatch?: number; readonly baseDirectory?: string; readonly snapshots?: boolean } = {}): Watched {
    const { baseDirectory = ROOT, stepsPerDispatch, snapshots } = options
    const runId = this.core.start({ document: document(value), baseDirectory, stepsPerDispatch, snapshots })
    return new Watched(this.core, runId)
  }

  resume(runId: string): Watched {
    const watched = new Watched(this.core, runId)
    need(this.core.resume(runId))
    return watched
  }

  /** The newest checkpoint's content. */
  async checkpoint(runId: string): Promise<SavedRun> {
    const artifact = this.core.history.latestCheckpoint(runId)
    if (artifact === null) throw new Error(`run ${runId} has no checkpoint`)
    return decodeCheckpoint(await this.core.history.artifacts.read(artifact.hash), artifact.hash)
  }

  /** Every recorded value of a metric, in order of steps. */
  series(runId: string, key: string): { readonly steps: number[]; readonly values: number[] } {
    this.core.history.flush()
    const { steps, values } = this.core.history.readSeries(runId, key, { maxPoints: 1_000_000 })
    return { steps: Array.from(steps), values: Array.from(values) }
  }
}

export function document(value: object): ExperimentDocument {
  return need(parseDocument(value))
}

/**
 * A run that met something while it trained: it was stopped, or struck. Where others had the processor, so that a run had
 * come to its end before that reached it, another one is started: how fast the machine is must decide nothing.
 */
export async function cutShort(start: () => Watched, meet: (run: Watched) => Promise<void>): Promise<{ readonly run: Watched; readonly end: CoreEvent }> {
  for (;;) {
    const run = start()
    const met = await Promise.race([meet(run).then(() => true), run.ended().then(() => false)])
    const end = await run.ended()
    if (met && !(end.type === 'finished' && end.status === 'done')) return { run, end }
  }
}

/** One run's events as they come. */
export class Watched {
  readonly events: CoreEvent[] = []
  facts: RunFacts | null = null
  readonly #waiting = new Set<() => void>()

  constructor(
    private readonly core: Core,
    readonly runId: string,
  ) {
    core.subscribe((event) => {
      if (event.runId !== runId) return
      this.events.push(event)
      if (event.type === 'prepared') this.facts = event.facts
      for (const check of [...this.#waiting]) check()
    })
  }

  /** The first event that satisfies the predicate, now or later. */
  async until<T extends CoreEvent>(predicate: (event: CoreEvent) => event is T): Promise<T>
  async until(predicate: (event: CoreEvent) => boolean): Promise<CoreEvent>
  async until(predicate: (event: CoreEvent) => boolean): Promise<CoreEvent> {
    return await new Promise((resolve, reject) => {
      const check = (): void => {
        const found = this.events.find(predicate)
        const crash = this.events.find((event) => event.type === 'crashed')
        if (found === undefined && crash === undefined) return
        this.#waiting.delete(check)
        if (found === undefined) reject(new Error(JSON.stringify(crash)))
        else resolve(found)
      }
      this.#waiting.add(check)
      check()
    })
  }

  /** However it ends. */
  async ended(): Promise<CoreEvent> {
    return await this.until(({ type }) => type === 'finished' || type === 'failed' || type === 'crashed' || type === 'lost')
  }

  async finished(): Promise<Extract<CoreEvent, { type: 'finished' }>> {
    const ended = await this.ended()
    if (ended.type !== 'finished') throw new Error(JSON.stringify(ended))
    return ended
  }

  async checkpointed(reason: CheckpointReason): Promise<void> {
    await this.until((event) => event.type === 'checkpoint' && event.reason === reason)
  }

  /** Waits until this many steps were reported. */
  async steps(count: number): Promise<void> {
    await this.until((event) => event.type === 'points' && event.batch.firstStep + event.batch.count - 1 >= count)
  }

  control(control: Parameters<Core['control']>[1]): void {
    this.core.control(this.runId, control)
  }
}
