import { deviceIssues, isAccelerator } from '@shared/protocol/devices'
import { failure, success, type Issue, type Result } from '@shared/spec/issue'
import type { DeviceReport, Engine, EngineSession, SessionOptions } from './engine'
import { onnxEngine } from './onnx'
import { tfjsEngine } from './tfjs'

/** In order of preference. */
const ENGINES: readonly Engine[] = [onnxEngine, tfjsEngine]

export interface OpenedDevice {
  readonly session: EngineSession
  /** The one that was asked for, or the one that took its place. */
  readonly device: string
  /** Of the library behind it. */
  readonly version: string
  /** Why another took its place; none where it is the one that was asked for. */
  readonly reasons: readonly Issue[]
}

/** Every device of every engine (of those that satisfy `only`), each with its self-test run. */
export async function listDevices(only: (id: string) => boolean = () => true): Promise<readonly DeviceReport[]> {
  const reports: DeviceReport[] = []
  for (const engine of ENGINES) reports.push(...(await engine.devices(only)))
  return reports
}

/**
 * Opens a session on a device by its id, `onnx-cpu`. With `orNext`, the most preferred device that is available takes its
 * place where it is not. Issues: `engine-device-unknown`; `engine-device-unavailable`, and the reasons.
 */
export async function openDevice(device: string, options: Omit<SessionOptions, 'device'>, orNext = false): Promise<Result<OpenedDevice>> {
  try {
    return success(await open(device, options))
  } catch (error) {
    // Accelerators are tried in the process of their own only.
    const reports = await listDevices((id) => !isAccelerator(id) || isAccelerator(device))
    const found = deviceIssues(device, reports)
    if (found.length === 0) throw error
    const next = orNext ? reports.find(({ available }) => available) : undefined
    if (next === undefined) return failure(...found)
    return success({ ...(await open(next.id, options)), reasons: reports.find(({ id }) => id === device)?.reasons ?? found })
  }
}

/** Ids begin with their engine's. */
async function open(device: string, options: Omit<SessionOptions, 'device'>): Promise<OpenedDevice> {
  const engine = ENGINES.find(({ id }) => device.startsWith(`${id}-`))
  if (!engine) throw new Error(`no engine has a device ${device}`)
  return { session: await engine.open({ ...options, device }), device, version: await engine.version(), reasons: [] }
}
