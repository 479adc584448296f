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
    return { id, title: 'TensorFlow (native library)', available: false, version: version_core, reason: native.reason, enable: ENABLE, unverified: true }
  }
  const reason = await selfTest(openSession, id)
  const title = native.gpu ? 'TensorFlow (native library, GPU)' : 'TensorFlow (native library, CPU)'
  return { id, title, available: reason === null, version: `${native.package} ${native.version}`, reason, enable: native.gpu ? null : ENABLE, unverified: native.gpu }
}

async function cpuDevice(): Promise<DeviceReport> {
  const reason = await selfTest(openSession, 'tfjs-cpu')
  return { id: 'tfjs-cpu', title: 'TensorFlow.js (plain JavaScript, slow)', available: reason === null, version: version_core, reason, enable: null, unverified: false }
}
