import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openCore, type Core, type CoreEvent } from '@main/core'
import { isAccelerator } from '@shared/protocol/devices'
import { need, parseDocument } from '@shared/spec'
import type { ReferenceModel } from './models'

/** Seconds of training before a measurement counts: the first dispatches are short. */
const WARM_UP_SECONDS = 0.7

/**
 * Descent as a user runs it: core, training process, worker, events and history on disk. Runs stay paused between
 * measurements, so that every round measures the same steady state; on accelerators, which have room for one, they end.
 */
export class Descent {
  readonly #runs = new Map<string, string>()
  #core: Core

  private constructor(
    core: Core,
    private readonly directory: string,
    private readonly threads: number,
    private readonly device: string,
  ) {
    this.#core = core
  }

  static async open(directory: string, threads: number, device = 'onnx-cpu'): Promise<Descent> {
    const dataDirectory = join(directory, `descent-${device}`)
    mkdirSync(dataDirectory, { recursive: true })
    const root = join(import.meta.dirname, '..', '..', '..')
    const core = need(await openCore({ dataDirectory, resourcesDirectory: join(root, 'resources'), programDirectory: join(root, 'out', 'main'), version: 'bench', lanes: 16 }))
    return new Descent(core, directory, threads, device)
  }

  /** Samples per second through the whole product path. */
  async measure(model: ReferenceModel, seconds: number): Promise<number> {
    const known = this.#runs.get(model.name)
    const runId = known ?? this.#start(model)
    if (known !== undefined) this.#core.control(runId, { type: 'resume' })
    const rate = await this.#observe(runId, model.batchSize, seconds)
    const alone = isAccelerator(this.device)
    const left = this.#heard((event) => event.type === (alone ? 'finished' : 'paused') && event.runId === runId)
    this.#core.control(runId, alone ? { type: 'stop', as: 'stopped' } : { type: 'pause' })
    await left
    if (alone) this.#runs.delete(model.name)
    return rate
  }

  #start(model: ReferenceModel): string {
    const parsed = need(parseDocument({ ...model.document, engine: { threads: this.threads, preference: this.device } }))
    const runId = this.#core.start({ document: parsed, baseDirectory: this.directory })
    this.#runs.set(model.name, runId)
    return runId
  }

  /** Rate between the first report after the warm-up and the first one `seconds` later, by this process's clock. */
  async #observe(runId: string, batchSize: number, seconds: number): Promise<number> {
    let beganAt = 0
    let from: { readonly at: number; readonly step: number } | null = null
    let rate = 0
    await this.#heard((event) => {
      if (!('runId' in event) || event.runId !== runId) return false
      if (event.type === 'failed' || event.type === 'crashed' || event.type === 'lost') throw new Error(JSON.stringify(event))
      if (event.type !== 'points') return false
      const now = performance.now() / 1000
      beganAt ||= now
      const step = event.batch.firstStep + event.batch.count - 1
      if (from === null) {
        if (now - beganAt >= WARM_UP_SECONDS) from = { at: now, step }
        return false
      }
      rate = ((step - from.step) * batchSize) / (now - from.at)
      return now - from.at >= seconds
    })
    return rate
  }

  /** Resolves when the predicate first holds; rejects when it throws. */
  async #heard(predicate: (event: CoreEvent) => boolean): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const stop = this.#core.subscribe((event) => {
        try {
          if (!predicate(event)) return
          stop()
          resolve()
        } catch (error) {
          stop()
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      })
    })
  }

  async close(): Promise<void> {
    await this.#core.close()
  }
}
