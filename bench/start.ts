import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { median } from './throughput/report'

/** Seconds from the command to the first reported step of the digits example, on a built tree: `npm run bench -- start`. */
const ROUNDS = 9

const root = join(import.meta.dirname, '..', '..', '..')

async function firstStep(): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'descent-start-'))
  const began = performance.now()
  const child = spawn(process.execPath, [join(root, 'bin', 'descent.mjs'), 'run', join(root, 'resources/examples/digits-mlp.descent.json'), '--data-dir', directory, '--json'])
  let seconds = NaN
  for await (const line of createInterface({ input: child.stdout })) {
    if (Number.isNaN(seconds) && (JSON.parse(line) as { readonly event: string }).event === 'step') seconds = (performance.now() - began) / 1000
  }
  rmSync(directory, { recursive: true, force: true })
  return seconds
}

const rounds: number[] = []
for (let round = 0; round < ROUNDS; round++) rounds.push(await firstStep())
console.log(JSON.stringify({ secondsToFirstStep: { median: median(rounds), low: Math.min(...rounds), high: Math.max(...rounds) } }))
