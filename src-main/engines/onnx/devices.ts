import { env } from 'onnxruntime-node'
import type { DeviceReport, EngineSession, SessionOptions } from '../engine'
import { selfTest } from '../self-test'
import { blockSize } from './block'
import { OnnxSession } from './session'

interface OnnxDevice {
  readonly id: string
  readonly title: string
  /** onnxruntime's execution provider. */
  readonly provider: string
}

const DEVICES: readonly OnnxDevice[] = [{ id: 'onnx-cpu', title: 'ONNX Runtime (CPU)', provider: 'cpu' }]

/** Devices of this process, each with its self-test run. */
export async function listDevices(): Promise<readonly DeviceReport[]> {
  const reports: DeviceReport[] = []
  for (const { id, title } of DEVICES) {
    const reason = await selfTest(openSession, id)
    reports.push({ id, title, available: reason === null, version: libraryVersion(), reason, enable: null })
  }
  return reports
}

export function libraryVersion(): string {
  return env.versions.node ?? env.versions.common
}

export async function openSession(options: SessionOptions): Promise<EngineSession> {
  const device = DEVICES.find(({ id }) => id === options.device)
  if (!device) throw new Error(`the onnx engine has no device ${options.device}`)
  return new OnnxSession(options, { provider: device.provider, block: device.provider === 'cpu' ? await blockSize() : null })
}
