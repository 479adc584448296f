import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { DEFAULT_BUDGET } from '@shared/spec/diagnostics'
import { Diagnostics } from '@main/worker/diagnostics'
import { Pace } from '@main/worker/pace'
import type { TrainingEvent } from '@shared/protocol/training'
import { openTrainer } from './throughput/bare'
import { writeData } from './throughput/data'
import { referenceModels, type ReferenceModel } from './throughput/models'

/**
 * What diagnostics cost: the share of a training's time that they take, compilation included and apart, and what one probe
 * costs in steps. Shares of one clock: a busy machine slows both parts alike.
 *
 *   npm run bench -- diagnostics [--models M1,M2,M3] [--seconds 30] [--budget 0.05] [--threads 2] [--json]
 */
const { values: options } = parseArgs({
  options: {
    models: { type: 'string', default: 'M1,M2,M3' },
    seconds: { type: 'string', default: '30' },
    budget: { type: 'string', default: String(DEFAULT_BUDGET) },
    threads: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
})

const directory = mkdtempSync(join(tmpdir(), 'descent-bench-'))
writeData(directory)
try {
  for (const model of referenceModels.filter(({ name }) => options.models.split(',').includes(name))) await measure(model)
} finally {
  rmSync(directory, { recursive: true, force: true })
}

async function measure(model: ReferenceModel): Promise<void> {
  const trainer = await openTrainer(model, directory, Number(options.threads))
  const pace = new Pace(null)
  const events: TrainingEvent[] = []
  const now = (): number => performance.now() / 1000
  const diagnostics = new Diagnostics({ budget: Number(options.budget), everySteps: null, histograms: true, curvature: true }, trainer, (event) => events.push(event), model.name, now)
  const began = now()
  let [first, measuring, training, steps] = [0, 0, 0, 0]
  while (now() - began < Number(options.seconds)) {
    const from = now()
    await diagnostics.takeWhenDue(from - began)
    const between = now()
    if (first === 0) first = between - from
    else measuring += between - from
    const { count } = await trainer.advance(Math.min(pace.steps, diagnostics.stepsUntilDue()))
    const took = now() - between
    pace.measured(count, took)
    training += took
    steps += count
  }
  await trainer.dispose()
  const curved = events.filter((event) => event.type === 'diagnostics' && event.record.sharpness !== undefined).length
  report(model.name, { share: measuring / (measuring + training), first, records: events.length, curved, probeSteps: probeSteps(measuring, events.length - 1, training / steps, curved) })
}

/** Mean cost of a measurement in steps; null where sharpness was among them, which costs as much as many. */
function probeSteps(measuring: number, count: number, step: number, curved: number): number | null {
  return curved > 0 || count === 0 ? null : measuring / count / step
}

function report(model: string, { share, first, records, curved, probeSteps: cost }: { readonly share: number; readonly first: number; readonly records: number; readonly curved: number; readonly probeSteps: number | null }): void {
  if (options.json) console.log(JSON.stringify({ model, budget: Number(options.budget), share, firstSeconds: first, records, curved, probeSteps: cost }))
  else console.log(`${model.padEnd(6)} ${(100 * share).toFixed(1)}% of the time · ${records} measurements, ${curved} with sharpness · first one ${(1000 * first).toFixed(0)} ms${cost === null ? '' : ` · one costs ${cost.toFixed(1)} steps`}`)
}
