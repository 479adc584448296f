import { describe, expect, test } from 'vitest'
import { openDevice } from '@main/engines'
import { formatIssue } from '@shared/locales/issues'
import { deviceIssue, type DeviceReport } from '@shared/protocol/devices'

const report = (id: string, reason: string | null): DeviceReport => ({ id, title: id, available: reason === null, version: '1', reason, enable: null, unverified: false })
const reports = [report('onnx-cpu', null), report('tfjs-tensorflow', 'it is not installed'), report('tfjs-cpu', null)]

describe('a device that a document asks for', () => {
  test('is fine where it is available', () => {
    expect(deviceIssue('tfjs-cpu', reports)).toBeNull()
  })

  test('is an issue that names the known ones where there is none such', () => {
    const found = deviceIssue('cuda', reports)
    expect(found).toEqual({ code: 'engine-device-unknown', path: ['engine', 'preference'], args: { device: 'cuda', known: 'onnx-cpu, tfjs-tensorflow, tfjs-cpu' } })
  })

  test('is an issue that names the reason and the others where it is not available', () => {
    const found = deviceIssue('tfjs-tensorflow', reports)
    expect(found).toMatchObject({ code: 'engine-device-unavailable', path: ['engine', 'preference'] })
    expect(found && formatIssue(found, 'en')).toMatch(/it is not installed\..*onnx-cpu, tfjs-cpu\./)
  })
})

describe('opening a device', () => {
  const options = { threads: 1, tables: new Map(), state: [] }

  test('gives the issue where it cannot be had', async () => {
    expect(await openDevice('onnx-tpu', options)).toMatchObject({ ok: false, issues: [{ code: 'engine-device-unknown', args: { device: 'onnx-tpu' } }] })
    expect(await openDevice('', options)).toMatchObject({ ok: false, issues: [{ code: 'engine-device-unknown' }] })
  })

  test('takes the best one instead where that is allowed, and says which', async () => {
    const opened = await openDevice('onnx-tpu', options, true)
    expect(opened).toMatchObject({ ok: true, value: { device: 'onnx-cpu' } })
    if (opened.ok) await opened.value.session.dispose()
  })
})
