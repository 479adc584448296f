import type { DeviceReport, Engine } from '../engine'

/** ONNX Runtime. The native library is loaded when a device is asked for or a session opened, not before. */
export const onnxEngine: Engine = {
  id: 'onnx',
  devices: async () => {
    try {
      return await (await import('./devices')).listDevices()
    } catch (error) {
      return [notLoaded(error)]
    }
  },
  version: async () => (await import('./devices')).libraryVersion(),
  open: async (options) => (await import('./devices')).openSession(options),
}

/** The package is there but its native library does not load: another platform, a missing system library. */
function notLoaded(error: unknown): DeviceReport {
  const reason = error instanceof Error ? error.message : String(error)
  return { id: 'onnx-cpu', title: 'ONNX Runtime (CPU)', available: false, version: '', reason, enable: null }
}
