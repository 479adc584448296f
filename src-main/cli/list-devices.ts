import { diedReport } from '@main/core/training/device-lanes'
import { TrainingProcess } from '@main/core/training/process'
import type { DeviceReport } from '@shared/protocol/devices'

/** Every device with its self-test, run in training processes of their own: native code stays out of this one. */
export async function listDevices(trainingEntry: string): Promise<readonly DeviceReport[]> {
  return [...(await reports(trainingEntry, 'cpu')), ...(await reports(trainingEntry, 'accelerators'))]
}

async function reports(entry: string, of: 'cpu' | 'accelerators'): Promise<readonly DeviceReport[]> {
  return await new Promise((resolve, reject) => {
    const training = new TrainingProcess({
      entry,
      onMessage: (message) => {
        if (message.type === 'devices') training.close().then(() => resolve(message.devices), reject)
      },
      onEnd: (end) => resolve([diedReport(of, end)]),
    })
    training.send({ type: 'devices', requestId: 1, of })
  })
}
