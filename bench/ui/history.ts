import { randomSource } from '@shared/lib/random'
import { openHistory, type HistoryApi } from '@main/core/history'
import { need, parseDocument } from '@shared/spec'

/** Fills a data directory with runs as a year of work leaves them. */
export async function fillHistory(directory: string, runs: number, withPoints: number, points: number): Promise<readonly string[]> {
  let clock = Date.UTC(2026, 0, 1)
  const random = randomSource(1, 'bench-ui')
  const history = need(await openHistory({ directory, mode: 'write', now: () => (clock += 1000), random: randomSource(2, 'ids') }))
  const ids: string[] = []
  for (let run = 0; run < runs; run++) {
    const id = createRun(history, run)
    addPoints(history, id, run >= runs - withPoints ? points : 3, random.uniform())
    history.updateRun(id, { status: 'done' })
    ids.push(id)
  }
  history.close()
  return ids.slice(-withPoints)
}

function createRun(history: HistoryApi, run: number): string {
  const optimizer = ['adam', 'sgd', 'rmsprop', 'adagrad'][run % 4]
  const parsed = need(parseDocument({
    format: 1,
    name: `run ${run}`,
    seed: run,
    dataset: { type: 'digits' },
    model: { nodes: [{ type: 'dense', units: 32 + (run % 7) * 16, activation: 'relu' }, { type: 'dense', units: 10, activation: 'softmax' }] },
    training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer },
  }))
  const environment = { engine: 'onnx', device: 'onnx-cpu', threads: 2, versions: {} }
  return history.createRun({ name: `run ${run}`, document: JSON.stringify(parsed), documentHash: optimizer, datasetHash: 'digits', environment, seed: run })
}

function addPoints(history: HistoryApi, id: string, count: number, level: number): void {
  const steps = Float64Array.from({ length: count }, (_, index) => index + 1)
  const times = steps.map((step) => step / 1000)
  const loss = steps.map((step) => 0.1 + level * Math.exp(-step / 2000) + 0.05 * Math.abs(Math.sin(step * 12.9898)))
  history.appendPoints(id, { steps, times, columns: { 'train.loss': loss, 'val.loss': loss.map((value) => value * 1.1) } })
}
