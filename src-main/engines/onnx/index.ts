import { messageOf } from '@shared/lib/message-of'
import { issue } from '@shared/spec/issue'
import type { DeviceReport, Engine } from '../engine'
import { setNativeEnvironment } from '../native-environment'
import type { ForeignRows } from './foreign/answer'
import { PACKAGE, titleOf } from './names'

/** ONNX Runtime. The native library is loaded when a device is asked for or a session opened, not before. */
export const onnxEngine: Engine = {
  id: 'onnx',
  devices: async (only) => {
    try {
      return await (await load()).listDevices(only)
    } catch (error) {
      return only('onnx-cpu') ? [notLoaded(error)] : []
    }
  },
  version: async () => (await load()).libraryVersion(),
  open: async (options) => (await load()).openSession(options),
}

async function load() {
  setNativeEnvironment()
  return await import('./devices')
}

/** What an ONNX file of someone else's answers; see `foreign/answer.ts`. */
export async function answerRows(request: ForeignRows): Promise<Float32Array> {
  setNativeEnvironment()
  return await (await import('./foreign/answer')).answerRows(request)
}

/** The package is there but its native library does not load: another platform, a missing system library. */
function notLoaded(error: unknown): DeviceReport {
  const reason = issue('engine-package-broken', [], { package: PACKAGE, reason: messageOf(error) })
  return { id: 'onnx-cpu', title: titleOf('CPU'), available: false, version: '', reasons: [reason], enable: null, unverified: false }
}
