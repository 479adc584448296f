import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface, type Interface } from 'node:readline'

/** A peer's process that trains on request; between requests it waits for a line and uses no processor. */
export class Peer {
  readonly #lines: AsyncIterator<string>
  readonly #reader: Interface
  readonly #child: ChildProcess
  title = ''

  constructor(python: string, script: string, directory: string, threads: number, device = 'cpu') {
    this.#child = spawn(python, [script, directory, String(threads), device], {
      stdio: ['pipe', 'pipe', 'ignore'],
      env: { ...process.env, OMP_NUM_THREADS: String(threads) },
    })
    if (this.#child.stdout === null) throw new Error('the peer has no output')
    this.#reader = createInterface({ input: this.#child.stdout })
    this.#lines = this.#reader[Symbol.asyncIterator]()
  }

  /** False when the process ended before it was ready: its packages are not there. */
  async ready(): Promise<boolean> {
    const first = await this.#answer()
    if (first === null) return false
    this.title = String(first.ready)
    return true
  }

  /** Samples per second, or null when the peer cannot train the model. */
  async measure(model: string, mode: string, seconds: number): Promise<number | null> {
    this.#child.stdin?.write(`${JSON.stringify({ model, mode, seconds })}\n`)
    const answer = await this.#answer()
    return typeof answer?.samplesPerSecond === 'number' ? answer.samplesPerSecond : null
  }

  async #answer(): Promise<Record<string, unknown> | null> {
    for (;;) {
      const line = await this.#lines.next()
      if (line.done === true) return null
      // Frameworks print notices of their own.
      if (line.value.startsWith('{')) return JSON.parse(line.value) as Record<string, unknown>
    }
  }

  close(): void {
    this.#child.kill()
    this.#reader.close()
  }
}
