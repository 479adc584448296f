import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')

/** The real `descent serve` on a data directory, with its own core, history and training process. */
export class Host {
  private constructor(
    readonly child: ChildProcess,
    readonly dataDirectory: string,
    /** Address with the token. */
    readonly url: string,
    readonly log: () => string,
  ) {}

  static async start(dataDirectory: string, args: readonly string[] = []): Promise<Host> {
    const { PATH = '', HOME = '' } = process.env
    const program = join(ROOT, 'out/main/cli.js')
    const child = spawn(process.execPath, [program, 'serve', '--no-open', '--data-dir', dataDirectory, ...args], {
      cwd: ROOT,
      env: { PATH, HOME, LANG: 'en_US.UTF-8' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    const url = await new Promise<string>((found, failed) => {
      const listen = (chunk: string): void => {
        said += chunk
        const match = /http:\/\/\S+/.exec(said)
        if (match !== null) found(match[0])
      }
      child.stdout.setEncoding('utf8').on('data', listen)
      child.stderr.setEncoding('utf8').on('data', listen)
      child.on('exit', (code) => failed(new Error(`descent serve ended with ${String(code)}: ${said}`)))
    })
    return new Host(child, dataDirectory, url, () => said)
  }

  /** Address without the token. */
  get origin(): string {
    return new URL(this.url).origin
  }

  /** As Ctrl-C. Resolves to the exit code. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode
    const ended = once(this.child, 'exit')
    this.child.kill('SIGINT')
    await ended
    return this.child.exitCode
  }

  /** As a crash or a power cut. */
  async kill(): Promise<void> {
    const ended = once(this.child, 'exit')
    this.child.kill('SIGKILL')
    await ended
  }
}
