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
