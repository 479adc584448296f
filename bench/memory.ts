import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { treeMemory } from './lib/processes'

/**
 * Memory of all processes while M2 (784-512-512-10, batch 128, Adam) trains on 60,000×784 images, from the command to
 * the end of the run: `npm run bench -- memory`.
 */
const SAMPLE_MS = 50

const document = {
  format: 1,
  name: 'memory',
  dataset: { type: 'synthetic-digits', rows: 60_000, testRows: 10_000, shape: 'flat', split: { validation: 0 } },
  model: {
    nodes: [
      { type: 'dense', units: 512, activation: 'relu' },
      { type: 'dense', units: 512, activation: 'relu' },
      { type: 'dense', units: 10, activation: 'softmax' },
    ],
  },
  training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: 'adam', batchSize: 128, epochs: 2 },
}

const directory = mkdtempSync(join(tmpdir(), 'descent-memory-'))
const file = join(directory, 'memory.descent.json')
writeFileSync(file, JSON.stringify(document))
const cli = join(import.meta.dirname, '..', 'cli.js')
const child = spawn(process.execPath, [cli, 'run', file, '--data-dir', join(directory, 'data'), '--json'], { stdio: ['ignore', 'ignore', 'inherit'] })

let peak = 0
const samples: number[] = []
const timer = setInterval(() => {
  const now = treeMemory(child.pid ?? 0)
  samples.push(now)
  peak = Math.max(peak, now)
}, SAMPLE_MS)
child.on('exit', (code) => {
  clearInterval(timer)
  const sorted = samples.toSorted((a, b) => a - b)
  const megabytes = (bytes: number): number => Math.round(bytes / 1e6)
  console.log(JSON.stringify({ code, peakMB: megabytes(peak), medianMB: megabytes(sorted[Math.floor(sorted.length / 2)] ?? 0) }))
  rmSync(directory, { recursive: true, force: true })
})
