import { z } from 'zod'
import type { Text } from '@shared/catalog/definition'
import { issue, issueSchema, type Issue } from '@shared/spec/issue'

/** A device as the Devices panel and `descent devices` list it. */
export interface DeviceReport {
  /** `onnx-cpu`, `onnx-webgpu`, `onnx-cuda`, `tfjs-tensorflow`, `tfjs-cpu`. */
  readonly id: string
  readonly title: Text
  readonly available: boolean
  readonly version: string
  /** Why it is not available: what is missing, what its self-test found. Where it is, why it was not tested, if so. */
  readonly reasons: readonly Issue[]
  /** Command that would enable it, or null. */
  readonly enable: string | null
  /** True while nobody has run it on real hardware of its kind: its correctness rests on other devices' tests. */
  readonly unverified: boolean
}

/** Devices beside the CPU: one run at a time, in a process of their own. */
export function isAccelerator(device: string): boolean {
  return !device.endsWith('-cpu')
}

/** Where nodes of one operator run in a training step, as the runtime's profiler saw it. */
export interface Placement {
  /** In the library's words: `MatMul`. */
  readonly operator: string
  /** `cpu`: the device's provider has no such operator, so its operands travel to the host and back. */
  readonly place: 'device' | 'cpu'
  /** Nodes. */
  readonly count: number
  /** Of one step, all nodes together: on the device's clock where the library reads that, else the host's. */
  readonly milliseconds: number
  /** Parts of the model that they belong to: `dense1/matmul`. */
  readonly scopes: readonly string[]
}

export interface Placements {
  readonly device: string
  /** Slowest first. */
  readonly placements: readonly Placement[]
}

/** How the device of a run with the preference `auto` was found. */
export interface DeviceChoice {
  readonly device: string
  /**
   * `only`: there is no other. `measured`: the program ran on each for a moment. `remembered`: it did so before.
   * `fallback`: the best could not be had.
   */
  readonly how: 'only' | 'measured' | 'remembered' | 'fallback'
  /** Samples per second by device, where measured. */
  readonly speeds: Readonly<Record<string, number>>
  /** Why a device was left out, by device. */
  readonly leftOut: Readonly<Record<string, readonly Issue[]>>
}

/** Of choices that were written down. */
export const deviceChoiceSchema = z.object({
  device: z.string(),
  how: z.enum(['only', 'measured', 'remembered', 'fallback']),
  speeds: z.record(z.string(), z.number()),
  leftOut: z.record(z.string(), z.array(issueSchema)),
}) satisfies z.ZodType<DeviceChoice>

/** Why the device that a document asks for cannot be used, by the reports of all devices; none where it can. */
export function deviceIssues(device: string, reports: readonly DeviceReport[]): readonly Issue[] {
  const path = ['engine', 'preference']
  const ids = (of: readonly DeviceReport[]): string => of.map(({ id }) => id).join(', ')
  const report = reports.find(({ id }) => id === device)
  if (report === undefined) return [issue('engine-device-unknown', path, { device, known: ids(reports) })]
  if (report.available) return []
  const available = ids(reports.filter((each) => each.available))
  return [issue('engine-device-unavailable', path, { device, available }), ...report.reasons.map((reason) => ({ ...reason, path }))]
}
