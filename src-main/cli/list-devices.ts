import { DeviceLanes } from '@main/core/training/device-lanes'
import type { DeviceReport } from '@shared/protocol/devices'

/** What is asked of training processes of one's own: native code stays out of this one. */
export async function withLanes<T>(entry: string, body: (lanes: DeviceLanes) => Promise<T>): Promise<T> {
  const lanes = new DeviceLanes({ entry, onEvent: () => undefined, onEnd: () => undefined })
  try {
    return await body(lanes)
  } finally {
    await lanes.close()
  }
}

/** Every device with its self-test. */
export async function listDevices(trainingEntry: string): Promise<readonly DeviceReport[]> {
  return await withLanes(trainingEntry, async (lanes) => [...(await lanes.devices('cpu')), ...(await lanes.devices('accelerators'))])
}
