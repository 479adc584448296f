import { fork, type ChildProcess } from 'node:child_process'
import { NATIVE_ENVIRONMENT } from '@main/engines/native-environment'
import type { TrainingCommand, TrainingMessage } from '@shared/protocol/training'

/** How the training process ended by itself. */
export interface ProcessEnd {
  readonly code: number | null
  readonly signal: string | null
}

export interface TrainingProcessOptions {
  /** Built entry, `out/main/training.js`. */
  readonly entry: string
  readonly onMessage: (message: TrainingMessage) => void
  /** Not called after `close`. */
  readonly onEnd: (end: ProcessEnd) => void
}

/**
 * The process in which native code runs. Started when first needed; after it died, the next command starts another.
 * Messages keep their order.
 */
export class TrainingProcess {
  #child: ChildProcess | null = null

  constructor(private readonly options: TrainingProcessOptions) {}

  /** Null while there is none. For tests that kill it. */
  get pid(): number | null {
    return this.#child?.pid ?? null
  }

  send(command: TrainingCommand): void {
    this.#child ??= this.#start()
    this.#child.send(command)
  }

  #start(): ChildProcess {
    // Structured clone instead of JSON: points come as typed arrays. Native libraries read the environment when they load.
    const child = fork(this.options.entry, { env: { ...NATIVE_ENVIRONMENT, ...process.env }, serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    child.on('message', (message) => this.options.onMessage(message as TrainingMessage))
    child.on('exit', (code, signal) => {
      if (this.#child !== child) return
      this.#child = null
      this.options.onEnd({ code, signal })
    })
    child.on('error', () => undefined)
    return child
  }

  /** Ends the process; runs that still train in it are lost back to their last checkpoint. */
  async close(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    await new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.disconnect()
    })
  }
}
