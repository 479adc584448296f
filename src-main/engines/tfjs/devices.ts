import { version_core } from '@tensorflow/tfjs-core'
import type { DeviceReport } from '../engine'
import { selfTest } from '../self-test'
import { loadNative } from './native'
import { openSession } from './session'

const ENABLE = 'npm run setup:tensorflow-gpu'

/** Devices of this process, each with its self-test run. */
export async function listDevices(only: (id: string) => boolean): Promise<readonly DeviceReport[]> {
  return [...(only('tfjs-tensorflow') ? [await nativeDevice()] : []), ...(only('tfjs-cpu') ? [await cpuDevice()] : [])]
}

async function nativeDevice(): Promise<DeviceReport> {
  const id = 'tfjs-tensorflow'
  const native = loadNative()
  if (!native.ok) {
    const title = { en: 'TensorFlow (native library)', 'zh-CN': 'TensorFlow（原生库）' }
    return { id, title, available: false, version: version_core, reasons: native.reasons, enable: ENABLE, unverified: true }
  }
  const reasons = await selfTest(openSession, id)
  const processor = native.gpu ? 'GPU' : 'CPU'
  const title = { en: `TensorFlow (native library, ${processor})`, 'zh-CN': `TensorFlow（原生库，${processor}）` }
  return { id, title, available: reasons.length === 0, version: `${native.package} ${native.version}`, reasons, enable: native.gpu ? null : ENABLE, unverified: native.gpu }
}

async function cpuDevice(): Promise<DeviceReport> {
  const reasons = await selfTest(openSession, 'tfjs-cpu')
  const title = { en: 'TensorFlow.js (plain JavaScript, slow)', 'zh-CN': 'TensorFlow.js（纯 JavaScript，较慢）' }
  return { id: 'tfjs-cpu', title, available: reasons.length === 0, version: version_core, reasons, enable: null, unverified: false }
}
