import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export const ROOT = resolve(import.meta.dirname, '../..')
export const EXAMPLE = join(ROOT, 'resources/examples/digits-mlp.descent.json')

export interface Finished {
  readonly code: number | null
  readonly signal: string | null
  readonly output: string
  readonly errors: string
}

export interface Running {
  readonly child: ChildProcess
  readonly finished: Promise<Finished>
  /** Resolves as soon as the output holds the text. */
  saw(text: string): Promise<void>
  /** As `saw`, of the errors' stream. */
  warned(text: string): Promise<void>
}

export interface Surroundings {
  readonly environment?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** A process group of its own, so that a signal can reach all of it as a terminal's does. */
  readonly detached?: boolean
}

/** Starts the built command line. Nothing of this machine's own settings reaches it. */
export function start(args: readonly string[], { environment = {}, cwd = ROOT, detached = false }: Surroundings = {}): Running {
  const { PATH = '', HOME = '' } = process.env
  const child = spawn(process.execPath, [join(ROOT, 'out/main/cli.js'), ...args], {
    cwd,
    detached,
    env: { PATH, HOME, LANG: 'en_US.UTF-8', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let errors = ''
  const waiting = new Set<() => void>()
  const wake = (): void => {
    for (const check of waiting) check()
  }
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
    wake()
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk
    wake()
  })
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve({ code, signal, output, errors }))
  })
  const until = (holds: () => boolean, text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        if (!holds()) return
        waiting.delete(check)
        resolve()
      }
      waiting.add(check)
      check()
      void finished.then(() => reject(new Error(`ended without ${text}: ${errors}${output.slice(-2000)}`)))
    })
  return { child, finished, saw: (text) => until(() => output.includes(text), text), warned: (text) => until(() => errors.includes(text), text) }
}

export async function run(args: readonly string[], surroundings?: Surroundings): Promise<Finished> {
  return await start(args, surroundings).finished
}

export type Line = Readonly<Record<string, unknown>> & { readonly event: string }

export function linesOf({ output }: Finished): readonly Line[] {
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
}

/** A folder of its own for each test file. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'descent-cli-'))

  at(...names: string[]): string {
    return join(this.path, ...names)
  }

  write(name: string, content: string): string {
    writeFileSync(this.at(name), content)
    return this.at(name)
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}
