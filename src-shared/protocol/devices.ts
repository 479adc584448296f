import { issue, type Issue } from '@shared/spec/issue'

/** A device as the Devices panel and `descent devices` list it. */
export interface DeviceReport {
  /** `onnx-cpu`, `onnx-webgpu`, `onnx-cuda`, `tfjs-tensorflow`, `tfjs-cpu`. */
  readonly id: string
  readonly title: string
  readonly available: boolean
  readonly version: string
  /** Exact reason where it is not available; the self-test's findings where it failed. */
  readonly reason: string | null
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
  readonly leftOut: Readonly<Record<string, string>>
}

/** Why the device that a document asks for cannot be used, by the reports of all devices; null where it can. */
export function deviceIssue(device: string, reports: readonly DeviceReport[]): Issue | null {
  const path = ['engine', 'preference']
  const ids = (of: readonly DeviceReport[]): string => of.map(({ id }) => id).join(', ')
  const report = reports.find(({ id }) => id === device)
  if (report === undefined) return issue('engine-device-unknown', path, { device, known: ids(reports) })
  if (report.available) return null
  return issue('engine-device-unavailable', path, { device, reason: report.reason ?? '?', available: ids(reports.filter(({ available }) => available)) })
}
