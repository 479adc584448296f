import type { Engine } from '../engine'

/** TensorFlow.js. The library is loaded when a device is asked for or a session opened, not before. */
export const tfjsEngine: Engine = {
  id: 'tfjs',
  devices: async (only) => (await import('./devices')).listDevices(only),
  version: async () => (await import('@tensorflow/tfjs-core')).version_core,
  open: async (options) => (await import('./session')).openSession(options),
}
