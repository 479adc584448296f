import { createHash } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { DeviceChoice, DeviceReport } from '@shared/protocol/devices'
import type { TrainingJob } from '@shared/protocol/training'
import type { Issue } from '@shared/spec/issue'
import type { DeviceLanes } from './device-lanes'
import { documentHash } from './hash'

/** Newest kept. */
const KEPT = 500

const entrySchema = z.object({ key: z.string(), device: z.string(), speeds: z.record(z.string(), z.number()) })
const fileSchema = z.array(entrySchema)
type Entry = z.output<typeof entrySchema>

/**
 * Finds the device of runs that leave it open: those that work make the program's steps for a moment, the fastest is
 * taken. What was found is kept in the data directory, by program and devices, and holds until one of them changes.
 */
export class DeviceChoices {
  readonly #path: string

  constructor(
    directory: string,
    private readonly lanes: DeviceLanes,
  ) {
    this.#path = join(directory, 'device-choices.json')
  }

  /** `job` may name any device. */
  async choose(job: TrainingJob): Promise<DeviceChoice> {
    const reports = await this.lanes.devices('accelerators')
    const leftOut = Object.fromEntries(reports.filter(({ available }) => !available).map(({ id, reasons }) => [id, reasons]))
    const devices = reports.filter(({ available }) => available)
    if (devices.length === 0) return { device: 'onnx-cpu', how: 'only', speeds: {}, leftOut }
    const key = keyOf(job, devices)
    const known = this.#read().find((entry) => entry.key === key)
    if (known !== undefined) return { device: known.device, how: 'remembered', speeds: known.speeds, leftOut }
    return await this.#measure(job, ['onnx-cpu', ...devices.map(({ id }) => id)], leftOut, key)
  }

  async #measure(job: TrainingJob, devices: readonly string[], leftOut: Record<string, readonly Issue[]>, key: string): Promise<DeviceChoice> {
    const speeds: Record<string, number> = {}
    for (const device of devices) {
      const result = await this.lanes.probe({ ...job, device })
      if (result.ok) speeds[device] = result.value.samplesPerSecond
      else leftOut[device] = result.issues
    }
    // With nothing measured the run itself says what is wrong.
    const device = fastest(speeds) ?? 'onnx-cpu'
    if (Object.keys(speeds).length > 0) this.#write([{ key, device, speeds }, ...this.#read().filter((entry) => entry.key !== key)])
    return { device, how: 'measured', speeds, leftOut }
  }

  #read(): readonly Entry[] {
    try {
      return fileSchema.parse(JSON.parse(readFileSync(this.#path, 'utf8')))
    } catch {
      // Absent, or not ours any more: it is measured again.
      return []
    }
  }

  #write(entries: readonly Entry[]): void {
    const draft = `${this.#path}.new`
    try {
      writeFileSync(draft, JSON.stringify(entries.slice(0, KEPT)))
      renameSync(draft, this.#path)
    } catch {
      // A full disk: it is measured again next time.
    }
  }
}

export function fastest(speeds: Readonly<Record<string, number>>): string | null {
  return Object.entries(speeds).reduce<[string, number] | null>((best, entry) => (best === null || entry[1] > best[1] ? entry : best), null)?.[0] ?? null
}

/** The program (all of the document that shapes it), its threads, and the devices with their versions. */
function keyOf({ document, threads }: TrainingJob, devices: readonly DeviceReport[]): string {
  const versions = devices.map(({ id, version }) => `${id} ${version}`).sort()
  return createHash('sha256').update(JSON.stringify([documentHash(document), threads, versions])).digest('hex')
}
