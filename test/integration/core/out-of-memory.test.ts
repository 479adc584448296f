import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestCore } from '@test/helpers/core'

/** Real allocations that the system refuses: the training process may have little more address space than it already has. */

const MEGABYTE = 1024 * 1024

const small = {
  format: 1,
  name: 'small',
  seed: 1,
  dataset: { type: 'digits', shape: 'flat' },
  model: { nodes: [{ type: 'dense', units: 10, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', optimizer: { type: 'sgd', learningRate: 0.1 }, batchSize: 100, epochs: 1_000_000, checkpointSeconds: 60 },
  engine: { preference: 'onnx-cpu', threads: 1 },
}

/** Activations of 1,400 rows × 60,000 units: some gigabytes for one step, kilobytes for the data. */
const wide = {
  ...small,
  name: 'wide',
  model: { nodes: [{ type: 'dense', units: 60_000, activation: 'relu' }, { type: 'dense', units: 10, activation: 'softmax' }] },
  training: { ...small.training, batchSize: 1400, epochs: 1 },
}

let test: TestCore
beforeAll(async () => {
  test = await TestCore.open({ lanes: 2 })
})
afterAll(async () => await test.close())

/** How many bytes of address space a process has. */
function addressSpace(pid: string): number {
  const found = /^VmSize:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(found?.[1]) * 1024
}

it.runIf(process.platform === 'linux')('a run whose memory the system refuses fails in words, with its estimate and a smaller batch; the one beside it goes on', async () => {
  const beside = test.start(small)
  await beside.steps(1)
  const pid = String(test.core.trainingPid)
  execFileSync('prlimit', ['--pid', pid, `--as=${String(addressSpace(pid) + 700 * MEGABYTE)}`])
  const run = test.start(wide)
  const end = await run.until((event) => event.type === 'failed' || event.type === 'lost' || event.type === 'finished')
  expect(end).toMatchObject({ type: 'failed', issues: [{ code: 'run-out-of-memory', path: ['training', 'batchSize'], args: { batchSize: 1400, smaller: 700 } }] })
  await beside.steps((test.core.history.getRun(beside.runId)?.steps ?? 0) + 100)
})
