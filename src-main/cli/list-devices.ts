import { TrainingProcess } from '@main/core/training/process'
import type { DeviceReport } from '@shared/protocol/devices'

/** Every device with its self-test, run in a training process of its own: native code stays out of this one. */
export async function listDevices(trainingEntry: string): Promise<readonly DeviceReport[]> {
  return await new Promise((resolve, reject) => {
    const training = new TrainingProcess({
      entry: trainingEntry,
      onMessage: (message) => {
        if (message.type === 'devices') training.close().then(() => resolve(message.devices), reject)
      },
      onEnd: ({ code, signal }) => reject(new Error(`the training process ended with ${signal ?? String(code)} while it tried the devices`)),
    })
    training.send({ type: 'devices', requestId: 1 })
  })
}
