import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { formatIssues } from '@shared/locales/issues'
import { listDevices, withLanes } from '@main/cli/list-devices'
import { lookJob } from '@main/core/training/look'
import { isAccelerator, type DeviceReport, type Placements } from '@shared/protocol/devices'
import { parseDocument, type Result } from '@shared/spec'
import { worstByOp, type OpResult } from './gpu/ops'
import { markdown, type DeviceFindings } from './gpu/report'
import { Descent } from './throughput/contestant'
import { writeData } from './throughput/data'
import { referenceModels, type ReferenceModel } from './throughput/models'
import { Peer } from './throughput/peer'
import { measureRounds, type Contestant } from './throughput/rounds'

/**
 * All that there is to find out on a machine with a graphics processor: whether every op is right on each device, where each
 * operator of the reference models runs and how long it takes, and how fast they train beside PyTorch on the same device, all
 * in one call. Prints a part for docs/performance.md. Ends with 1 where there is no device to look at.
 *
 *   npm run bench -- gpu [--devices onnx-cuda,onnx-webgpu] [--python /path/to/python] [--models M1,M5] [--rounds 5] [--seconds 2]
 *     [--threads 2] [--device cuda] [--ops add,conv2d]
 *
 * `--device` is PyTorch's. `--ops` looks at some ops only.
 */
const { values: options } = parseArgs({
  options: {
    devices: { type: 'string' },
    python: { type: 'string' },
    models: { type: 'string', default: 'M1,M1b,M2,M3,M3b,M4,M5,M6' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    threads: { type: 'string', default: '2' },
    device: { type: 'string', default: 'cuda' },
    ops: { type: 'string' },
  },
})

const root = join(import.meta.dirname, '..', '..', '..')
const programs = join(root, 'out', 'main')
const threads = Number(options.threads)
const seconds = Number(options.seconds)

/** In a process of its own: a driver may end it, and what was found before that counts. */
function opErrors(device: string): Pick<DeviceFindings, 'ops' | 'opsEnded'> {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [join(programs, 'bench', 'gpu-ops.js'), '--device', device, '--json', ...(options.ops === undefined ? [] : ['--ops', options.ops])], { encoding: 'utf8', maxBuffer: 1 << 28 })
  const results = stdout.split('\n').filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as OpResult)
  const ended = status === 0 || status === 1 ? null : `${signal ?? `code ${String(status)}`} after ${results.at(-1)?.name ?? 'nothing'}: ${stderr.trim().split('\n').at(-1) ?? ''}`
  return { ops: worstByOp(results), opsEnded: ended }
}

async function placements(model: ReferenceModel, device: string, directory: string): Promise<Result<Placements>> {
  const parsed = parseDocument(model.document)
  if (!parsed.ok) return parsed
  const job = lookJob({ document: parsed.value, baseDirectory: directory, device }, { resourcesDirectory: directory, artifactsDirectory: directory })
  return await withLanes(join(programs, 'training.js'), async (lanes) => await lanes.placements(job))
}

/** One that fails is left out of the figures, and the reason is told. */
function contestantOf(name: string, descent: Descent): Contestant {
  return {
    name,
    measure: async (model) => {
      try {
        return await descent.measure(model, seconds)
      } catch (error) {
        console.error(`${name} does not train ${model.name}: ${error instanceof Error ? error.message : String(error)}`)
        return null
      }
    },
  }
}

async function openPeer(python: string, directory: string): Promise<Peer | null> {
  const peer = new Peer(python, join(root, 'bench', 'peers', 'pytorch.py'), directory, threads, options.device)
  if (await peer.ready()) return peer
  console.error(`this Python has no PyTorch that runs on ${options.device}; left out`)
  return null
}

async function measure(devices: readonly DeviceReport[], directory: string): Promise<void> {
  const models = referenceModels.filter(({ name }) => options.models.split(',').includes(name))
  writeData(directory, models.some(({ large }) => large))
  const findings: DeviceFindings[] = []
  for (const report of devices) {
    console.error(`${report.id}: every op …`)
    const ops = opErrors(report.id)
    const steps = new Map<string, Result<Placements>>()
    for (const model of models) {
      console.error(`${report.id}: a step of ${model.name} …`)
      steps.set(model.name, await placements(model, report.id, directory))
    }
    findings.push({ report, ...ops, steps })
  }
  const peer = options.python === undefined ? null : await openPeer(options.python, directory)
  const opened: Descent[] = []
  try {
    const contestants: Contestant[] = []
    for (const id of [...devices.map((report) => report.id), 'onnx-cpu']) {
      const descent = await Descent.open(directory, threads, id)
      opened.push(descent)
      contestants.push(contestantOf(id, descent))
    }
    if (peer !== null) contestants.push({ name: peer.title, measure: async (model) => await peer.measure(model.name, 'eager', seconds) })
    const results = await measureRounds(Number(options.rounds), models, contestants)
    console.log(markdown(findings, models, results, { peer: peer?.title ?? null, rounds: Number(options.rounds), seconds, threads }))
  } finally {
    peer?.close()
    for (const descent of opened) await descent.close()
  }
}

const reports = (await listDevices(join(programs, 'training.js'))).filter(({ id }) => isAccelerator(id))
const wanted = options.devices?.split(',') ?? null
const devices = reports.filter(({ id, available }) => available && (wanted === null || wanted.includes(id)))
if (devices.length === 0) {
  console.log('No device beside the CPU can be used here, so there is nothing to measure:')
  for (const { id, available, reasons, enable } of reports) console.log(`  ${id}: ${available ? 'not asked for' : formatIssues(reasons, 'en')}${enable === null ? '' : ` (enable with: ${enable})`}`)
  process.exitCode = 1
} else {
  const directory = mkdtempSync(join(tmpdir(), 'descent-gpu-'))
  try {
    await measure(devices, directory)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
