import type { DeviceReport, Engine, EngineSession, SessionOptions } from './engine'
import { onnxEngine } from './onnx'
import { tfjsEngine } from './tfjs'

/** In order of preference. */
export const ENGINES: readonly Engine[] = [onnxEngine, tfjsEngine]

/** Every device of every engine, each with its self-test run. */
export async function listDevices(): Promise<readonly DeviceReport[]> {
  const reports: DeviceReport[] = []
  for (const engine of ENGINES) reports.push(...(await engine.devices()))
  return reports
}

/** Opens a session on a device by its id, `onnx-cpu`; ids begin with their engine's. */
export async function openDevice(device: string, options: Omit<SessionOptions, 'device'>): Promise<{ readonly session: EngineSession; readonly version: string }> {
  const engine = ENGINES.find(({ id }) => device.startsWith(`${id}-`))
  if (!engine) throw new Error(`no engine has a device ${device}`)
  return { session: await engine.open({ ...options, device }), version: await engine.version() }
}
