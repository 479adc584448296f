import { Worker } from 'node:worker_threads'
import type { DatasetDocument } from '@shared/catalog/datasets'
import type { DatasetPreview } from '@shared/protocol/contract'
import { failure, issue, type Result } from '@shared/spec/issue'

export interface PreviewRequest {
  readonly dataset: DatasetDocument
  readonly seed: number
  readonly baseDirectory: string
}

export interface PreviewJob extends PreviewRequest {
  readonly id: number
  readonly resourcesDirectory: string
}

export type PreviewAnswer =
  | { readonly id: number; readonly result: Result<DatasetPreview> }
  /** A bug's stack. */
  | { readonly id: number; readonly error: string }

interface Waiting {
  readonly resolve: (result: Result<DatasetPreview>) => void
  readonly reject: (error: Error) => void
}

/** The thread's memory goes back to the system when nobody has asked for so long. */
const IDLE_MILLISECONDS = 20_000

/** Reads data sets in a thread of its own, started when first asked and ended when idle. */
export class PreviewThread {
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | null = null
  readonly #waiting = new Map<number, Waiting>()
  #ids = 0

  constructor(
    /** Built entry, `out/main/preview.js`. */
    private readonly entry: string,
    private readonly resourcesDirectory: string,
  ) {}

  async preview(request: PreviewRequest): Promise<Result<DatasetPreview>> {
    if (this.#idle !== null) clearTimeout(this.#idle)
    this.#worker ??= this.#start()
    const job: PreviewJob = { ...request, id: ++this.#ids, resourcesDirectory: this.resourcesDirectory }
    const worker = this.#worker
    return await new Promise((resolve, reject) => {
      this.#waiting.set(job.id, { resolve, reject })
      worker.postMessage(job)
    })
  }

  /** Previews under way end with an issue. */
  async close(): Promise<void> {
    if (this.#idle !== null) clearTimeout(this.#idle)
    const worker = this.#worker
    this.#worker = null
    this.#giveUp('the host is closing')
    await worker?.terminate()
  }

  #start(): Worker {
    const worker = new Worker(this.entry)
    worker.on('message', (answer: PreviewAnswer) => this.#answer(answer))
    // Out of memory, for one: the thread ends, the host goes on.
    worker.on('error', (error: Error) => this.#ended(worker, error.message))
    worker.on('exit', () => this.#ended(worker, 'the thread ended'))
    return worker
  }

  #answer(answer: PreviewAnswer): void {
    const waiting = this.#waiting.get(answer.id)
    this.#waiting.delete(answer.id)
    if ('error' in answer) waiting?.reject(new Error(answer.error))
    else waiting?.resolve(answer.result)
    if (this.#waiting.size === 0) this.#idle = setTimeout(() => void this.close(), IDLE_MILLISECONDS).unref()
  }

  #ended(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return
    this.#worker = null
    this.#giveUp(reason)
  }

  #giveUp(reason: string): void {
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const { resolve } of waiting) resolve(failure(issue('preview-failed', ['dataset'], { reason })))
  }
}
