import { fork, type ChildProcess } from 'node:child_process'
import { NATIVE_ENVIRONMENT } from '@main/engines/native-environment'
import { messageOf } from '@shared/lib/message-of'
import type { TrainingCommand, TrainingMessage } from '@shared/protocol/training'

/** How the training process ended by itself. */
export interface ProcessEnd {
  readonly code: number | null
  readonly signal: string | null
  /** Why it could not even be started; null where it was. */
  readonly error: string | null
}

export function describeEnd({ code, signal, error }: ProcessEnd): string {
  return error ?? signal ?? `code ${String(code)}`
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
    this.#child?.send(command)
  }

  #start(): ChildProcess | null {
    const child = this.#fork()
    if (child === null) return null
    child.on('message', (message) => this.options.onMessage(message as TrainingMessage))
    child.on('exit', (code, signal) => {
      if (this.#child !== child) return
      this.#child = null
      this.options.onEnd({ code, signal, error: null })
    })
    child.on('error', (error) => {
      // Others are of messages to a process that is ending: its exit follows.
      if (child.pid !== undefined || this.#child !== child) return
      this.#child = null
      this.options.onEnd({ code: null, signal: null, error: error.message })
    })
    return child
  }

  /** Null where the system refuses another process. */
  #fork(): ChildProcess | null {
    try {
      // Structured clone instead of JSON: points come as typed arrays. Native libraries read the environment when they load.
      return fork(this.options.entry, { env: { ...NATIVE_ENVIRONMENT, ...process.env }, serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    } catch (error) {
      // Told later, as all ends are: whoever sends is still getting ready.
      queueMicrotask(() => this.options.onEnd({ code: null, signal: null, error: messageOf(error) }))
      return null
    }
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
