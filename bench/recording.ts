import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Bare } from './throughput/bare'
import { Descent } from './throughput/contestant'
import { writeData } from './throughput/data'
import { referenceModels } from './throughput/models'
import { ratios, short, spread, summarize } from './throughput/report'

/**
 * What the way through worker, events and history costs: samples per second of a run over those of the same steps without
 * them, by turns; and of the engine alone, which neither shuffles nor sums metrics up.
 *
 *   npm run bench -- recording [--models M1,M4] [--rounds 9] [--seconds 2] [--threads 2] [--json]
 */
const { values: options } = parseArgs({
  options: {
    models: { type: 'string', default: 'M1,M4' },
    rounds: { type: 'string', default: '9' },
    seconds: { type: 'string', default: '2' },
    threads: { type: 'string', default: '2' },
    json: { type: 'boolean', default: false },
  },
})

const seconds = Number(options.seconds)
const threads = Number(options.threads)
const directory = mkdtempSync(join(tmpdir(), 'descent-bench-'))
writeData(directory)
const descent = await Descent.open(directory, threads)
try {
  for (const model of referenceModels.filter(({ name }) => options.models.split(',').includes(name))) {
    const trainer = await Bare.open(model, 'trainer', directory, threads)
    const engine = await Bare.open(model, 'engine', directory, threads)
    const rates = { engine: [] as number[], trainer: [] as number[], run: [] as number[] }
    for (let round = 0; round < Number(options.rounds); round++) {
      rates.engine.push(await engine.measure(seconds))
      rates.trainer.push(await trainer.measure(seconds))
      rates.run.push(await descent.measure(model, seconds))
    }
    await trainer.dispose()
    await engine.dispose()
    report(model.name, rates)
  }
} finally {
  await descent.close()
  rmSync(directory, { recursive: true, force: true })
}

function report(name: string, { engine, trainer, run }: Readonly<Record<'engine' | 'trainer' | 'run', readonly number[]>>): void {
  const [rate, toTrainer, toEngine] = [summarize(run), summarize(ratios(run, trainer)), summarize(ratios(run, engine))]
  if (rate === null || toTrainer === null || toEngine === null) return
  if (options.json) console.log(JSON.stringify({ model: name, samplesPerSecond: rate, ratioToTrainer: toTrainer, ratioToEngine: toEngine }))
  else console.log(`${name.padEnd(6)} ${short(rate.median).padStart(9)} samples/s · ${spread(toTrainer)} of the steps without recording · ${spread(toEngine)} of the engine alone`)
}
