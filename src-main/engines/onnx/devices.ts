import { env, listSupportedBackends } from 'onnxruntime-node'
import { issue, type Issue } from '@shared/spec/issue'
import type { DeviceReport, EngineSession, SessionOptions } from '../engine'
import { providerFile } from '../accelerators'
import { selfTest } from '../self-test'
import { blockSize } from './block'
import { graphicsMissing } from './graphics'
import { PACKAGE, titleOf } from './names'
import { ResidentSession } from './resident/session'
import { OnnxSession } from './session'

interface OnnxDevice {
  readonly id: string
  readonly title: DeviceReport['title']
  /** onnxruntime's execution provider. */
  readonly provider: string
  /** Systems that the provider exists on; null for all. */
  readonly platforms: readonly NodeJS.Platform[] | null
  /** Why it cannot be there, found out without loading anything; null where it may be. */
  readonly missing: () => Issue | null
  readonly enable: string | null
}

const DEVICES: readonly OnnxDevice[] = [
  { id: 'onnx-cpu', title: titleOf('CPU'), provider: 'cpu', platforms: null, missing: () => null, enable: null },
  { id: 'onnx-cuda', title: titleOf('CUDA'), provider: 'cuda', platforms: ['linux'], missing: () => notInstalled('cuda'), enable: 'npm run setup:cuda' },
  { id: 'onnx-dml', title: titleOf('DirectML'), provider: 'dml', platforms: ['win32'], missing: () => notInstalled('dml'), enable: null },
  { id: 'onnx-webgpu', title: titleOf('WebGPU'), provider: 'webgpu', platforms: null, missing: () => notInstalled('webgpu') ?? graphicsMissing(), enable: null },
]

/** Devices of this system, each with its self-test run unless it cannot be there. */
export async function listDevices(only: (id: string) => boolean): Promise<readonly DeviceReport[]> {
  const reports: DeviceReport[] = []
  for (const { id, title, provider, platforms, missing, enable } of DEVICES) {
    if (!only(id) || (platforms !== null && !platforms.includes(process.platform))) continue
    const absent = missing()
    const reasons = absent === null ? await selfTest(openSession, id) : [absent]
    const available = reasons.length === 0
    reports.push({ id, title, available, version: libraryVersion(), reasons, enable: available ? null : enable, unverified: provider !== 'cpu' })
  }
  return reports
}

export function libraryVersion(): string {
  return env.versions.node ?? env.versions.common
}

export async function openSession(options: SessionOptions): Promise<EngineSession> {
  const device = DEVICES.find(({ id }) => id === options.device)
  if (!device) throw new Error(`the onnx engine has no device ${options.device}`)
  const { provider } = device
  if (provider === 'webgpu') return await ResidentSession.open(options, { provider, threads: options.threads, block: null })
  return new OnnxSession(options, { provider, block: provider === 'cpu' ? await blockSize() : null })
}

/** The package names the providers that its library was built with; those that are not bundled need a set-up. */
function notInstalled(provider: string): Issue | null {
  const known = listSupportedBackends().find(({ name }) => name === provider)
  if (known === undefined) return issue('engine-provider-unknown', [], { package: PACKAGE, provider })
  return known.bundled || providerFile(provider) ? null : issue('engine-provider-missing', [], { package: PACKAGE, provider })
}
