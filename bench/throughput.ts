import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Descent } from './throughput/contestant'
import { writeData } from './throughput/data'
import { referenceModels, type ReferenceModel } from './throughput/models'
import { Peer } from './throughput/peer'
import { ratios, short, spread, summarize } from './throughput/report'
import { measureRounds, type Contestant, type Results } from './throughput/rounds'

/**
 * Training speed of the reference models against PyTorch and Keras, interleaved: in every round each contestant trains
 * each model for some seconds, so that a slow moment of the machine hits all of them.
 *
 *   npm run bench -- throughput --python /path/to/python [--models M1,M3] [--rounds 7] [--seconds 2] [--threads 2] [--engine onnx-webgpu]
 *     [--device cuda] [--json]
 *
 * `--engine` is Descent's device, `--device` PyTorch's. M5 (ResNet-18 on 32×32×3, batch 128) and M6 (4096-4096-4096-10, batch
 * 512) are for GPUs: name them.
 */
const { values: options } = parseArgs({
  options: {
    python: { type: 'string' },
    models: { type: 'string', default: referenceModels.flatMap((model) => (model.large ? [] : [model.name])).join(',') },
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '2' },
    threads: { type: 'string', default: '2' },
    engine: { type: 'string', default: 'onnx-cpu' },
    device: { type: 'string', default: 'cpu' },
    json: { type: 'boolean', default: false },
  },
})

const root = join(import.meta.dirname, '..', '..', '..')
const seconds = Number(options.seconds)
const threads = Number(options.threads)
const directory = mkdtempSync(join(tmpdir(), 'descent-bench-'))

async function peers(python: string): Promise<{ readonly peers: readonly Peer[]; readonly contestants: readonly Contestant[] }> {
  const kinds: readonly { readonly script: string; readonly names: Readonly<Record<string, string>> }[] = [
    { script: 'pytorch.py', names: { eager: 'PyTorch eager', tuned: 'PyTorch tuned' } },
    { script: 'keras_fit.py', names: { fit: 'Keras fit', grouped: 'Keras grouped' } },
  ]
  const found: Peer[] = []
  const contestants: Contestant[] = []
  for (const { script, names } of kinds) {
    const peer = new Peer(python, join(root, 'bench', 'peers', script), directory, threads, options.device)
    if (!(await peer.ready())) {
      console.error(`${script}: this Python has not got its packages; left out`)
      continue
    }
    found.push(peer)
    console.error(peer.title)
    for (const [mode, name] of Object.entries(names)) contestants.push({ name, measure: async (model) => await peer.measure(model.name, mode, seconds) })
  }
  return { peers: found, contestants }
}

function report(models: readonly ReferenceModel[], results: Results, names: readonly string[]): void {
  const rows = models.flatMap((model) => {
    const ours = results.get(`Descent/${model.name}`) ?? []
    return names.map((name) => {
      const theirs = results.get(`${name}/${model.name}`) ?? []
      const rate = summarize(theirs.filter((value) => value !== null))
      const ratio = summarize(ratios(ours, theirs))
      return { model: model.name, name, samplesPerSecond: rate, ratio }
    })
  })
  if (options.json) return console.log(JSON.stringify({ machine: cpus()[0].model, threads, seconds, rows }))
  console.log(`model  contestant      samples/s   Descent is faster by (median, range)`)
  for (const { model, name, samplesPerSecond, ratio } of rows) {
    if (samplesPerSecond === null) continue
    console.log(`${model.padEnd(6)} ${name.padEnd(15)} ${short(samplesPerSecond.median).padStart(9)}   ${name === 'Descent' || ratio === null ? '' : spread(ratio)}`)
  }
}

const asked = referenceModels.filter((model) => options.models.split(',').includes(model.name))
writeData(directory, asked.some(({ large }) => large))
const descent = await Descent.open(directory, threads, options.engine)
const others = options.python === undefined ? { peers: [], contestants: [] } : await peers(options.python)
const contestants: readonly Contestant[] = [{ name: 'Descent', measure: async (model) => await descent.measure(model, seconds) }, ...others.contestants]
const models = asked
try {
  const results = await measureRounds(Number(options.rounds), models, contestants)
  report(models, results, contestants.map(({ name }) => name))
} finally {
  for (const peer of others.peers) peer.close()
  await descent.close()
  rmSync(directory, { recursive: true, force: true })
}
