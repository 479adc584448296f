import { expect, test } from 'vitest'
import { DeviceLanes } from '@main/core/training/device-lanes'

test('closed lanes answer at once, and start no process that nobody would end', async () => {
  const lanes = new DeviceLanes({ entry: 'never started', onEvent: () => expect.unreachable(), onEnd: () => expect.unreachable() })
  await lanes.close()
  expect(await lanes.devices('cpu')).toMatchObject([{ available: false, reasons: [{ code: 'engine-process-ended' }] }])
  lanes.send('cpu', { type: 'control', runId: 'r', control: { type: 'stop', as: 'interrupted' } })
  expect(lanes.pids).toEqual([])
})
