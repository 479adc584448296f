import { messageOf } from '@shared/lib/message-of'
import { issue } from '@shared/spec/issue'
import type { DeviceReport, Engine } from '../engine'
import { setNativeEnvironment } from '../native-environment'
import type { ForeignAnswers, ForeignRows, OpenForeign } from './foreign/answer'
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

/** Models of someone else's in ONNX files; see `foreign/answer.ts`. */
export async function answerRows(request: ForeignRows): Promise<ForeignAnswers> {
  setNativeEnvironment()
  return await (await import('./foreign/answer')).answerRows(request)
}

export async function whileForeignOpen<T>(request: ForeignRows, body: (model: OpenForeign) => Promise<T>): Promise<T> {
  setNativeEnvironment()
  return await (await import('./foreign/answer')).whileOpen(request, body)
}

export async function foreignParameters(bytes: Uint8Array): Promise<number> {
  return (await import('./foreign/inspect')).parametersOf(bytes)
}

/** The package is there but its native library does not load: another platform, a missing system library. */
function notLoaded(error: unknown): DeviceReport {
  const reason = issue('engine-package-broken', [], { package: PACKAGE, reason: messageOf(error) })
  return { id: 'onnx-cpu', title: titleOf('CPU'), available: false, version: '', reasons: [reason], enable: null, unverified: false }
}
