import { describe, expect, test } from 'vitest'
import { openDevice } from '@main/engines'
import { formatIssues } from '@shared/locales/issues'
import { deviceIssues } from '@shared/protocol/devices'
import { issue } from '@shared/spec/issue'
import { deviceReport } from '@test/helpers/devices'

const missing = issue('engine-package-missing', [], { package: 'tfjs-node' })
const reports = [deviceReport('onnx-cpu'), deviceReport('tfjs-tensorflow', { reasons: [missing] }), deviceReport('tfjs-cpu')]

describe('a device that a document asks for', () => {
  test('is fine where it is available', () => {
    expect(deviceIssues('tfjs-cpu', reports)).toEqual([])
  })

  test('is an issue that names the known ones where there is none such', () => {
    const found = deviceIssues('cuda', reports)
    expect(found).toEqual([{ code: 'engine-device-unknown', path: ['engine', 'preference'], args: { device: 'cuda', known: 'onnx-cpu, tfjs-tensorflow, tfjs-cpu' } }])
  })

  test('are issues that name the others and the reason where it is not available, in both languages', () => {
    const found = deviceIssues('tfjs-tensorflow', reports)
    expect(found).toEqual([issue('engine-device-unavailable', ['engine', 'preference'], { device: 'tfjs-tensorflow', available: 'onnx-cpu, tfjs-cpu' }), { ...missing, path: ['engine', 'preference'] }])
    expect(formatIssues(found, 'en')).toMatch(/onnx-cpu, tfjs-cpu\..* tfjs-node is not installed\.$/)
    expect(formatIssues(found, 'zh-CN')).toMatch(/onnx-cpu, tfjs-cpu。.*未安装 tfjs-node。$/)
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
    expect(opened).toMatchObject({ ok: true, value: { device: 'onnx-cpu', reasons: [{ code: 'engine-device-unknown' }] } })
    if (opened.ok) await opened.value.session.dispose()
  })
})
