import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { DeviceChoices } from '@main/core/training/choices'
import type { DeviceLanes } from '@main/core/training/device-lanes'
import type { DeviceReport } from '@shared/protocol/devices'
import type { ProbeResult, TrainingJob } from '@shared/protocol/training'
import { failure, issue, success } from '@shared/spec/issue'
import { document } from '@test/helpers/core'
import { deviceReport } from '@test/helpers/devices'
import { temporaryDirectory } from '@test/helpers/temporary'

/** Devices that no test machine has: what they answer is given, everything else is real. */
class Answers {
  readonly probed: string[] = []

  constructor(
    readonly reports: readonly DeviceReport[],
    readonly speeds: Readonly<Record<string, ProbeResult>>,
  ) {}

  readonly devices = async (): Promise<readonly DeviceReport[]> => await Promise.resolve(this.reports)

  readonly probe = async ({ device }: TrainingJob): Promise<ProbeResult> => {
    this.probed.push(device)
    return await Promise.resolve(this.speeds[device] ?? failure(absent))
  }
}

const speed = (samplesPerSecond: number): ProbeResult => success({ samplesPerSecond })
const absent = issue('engine-graphics-missing', [], { files: '/dev/dxg' })

const job = (units = 8, threads = 2): TrainingJob => ({
  runId: 'run',
  document: document({ format: 1, dataset: { type: 'iris' }, model: { nodes: [{ type: 'dense', units, activation: 'softmax' }] }, training: { loss: 'categoricalCrossentropy', optimizer: 'sgd' } }),
  baseDirectory: '.',
  resourcesDirectory: '.',
  artifactsDirectory: '.',
  device: 'onnx-cpu',
  choice: null,
  threads,
  stepsPerDispatch: null,
  checkpoint: null,
  dataHash: null,
  snapshots: false,
  teacher: null,
})

let directory: string
beforeEach(() => (directory = temporaryDirectory()))

const choicesOf = (answers: Answers): DeviceChoices => new DeviceChoices(directory, answers as unknown as DeviceLanes)

describe('the device of a run that leaves it open', () => {
  it('is the fastest of those that work, with the figures', async () => {
    const answers = new Answers([deviceReport('onnx-cuda'), deviceReport('onnx-webgpu', { reasons: [absent] })], { 'onnx-cpu': speed(100), 'onnx-cuda': speed(900) })
    expect(await choicesOf(answers).choose(job())).toEqual({
      device: 'onnx-cuda',
      how: 'measured',
      speeds: { 'onnx-cpu': 100, 'onnx-cuda': 900 },
      leftOut: { 'onnx-webgpu': [absent] },
    })
  })

  it('is the CPU where that is faster, as it is for small models', async () => {
    const answers = new Answers([deviceReport('onnx-cuda')], { 'onnx-cpu': speed(500), 'onnx-cuda': speed(90) })
    expect(await choicesOf(answers).choose(job())).toMatchObject({ device: 'onnx-cpu', how: 'measured' })
  })

  it('is remembered for the program, its threads and the versions of the devices', async () => {
    const speeds = { 'onnx-cpu': speed(100), 'onnx-cuda': speed(900) }
    const answers = new Answers([deviceReport('onnx-cuda')], speeds)
    await choicesOf(answers).choose(job())
    expect(await choicesOf(answers).choose(job())).toEqual({ device: 'onnx-cuda', how: 'remembered', speeds: { 'onnx-cpu': 100, 'onnx-cuda': 900 }, leftOut: {} })
    expect(answers.probed).toEqual(['onnx-cpu', 'onnx-cuda'])
    expect((await choicesOf(answers).choose(job(9))).how).toBe('measured')
    expect((await choicesOf(answers).choose(job(8, 1))).how).toBe('measured')
    expect((await choicesOf(new Answers([deviceReport('onnx-cuda', { version: '2' })], speeds)).choose(job())).how).toBe('measured')
  })

  it('is measured again where the memory of it is damaged', async () => {
    const answers = new Answers([deviceReport('onnx-cuda')], { 'onnx-cpu': speed(1), 'onnx-cuda': speed(2) })
    writeFileSync(join(directory, 'device-choices.json'), '[{"key": 7}')
    expect((await choicesOf(answers).choose(job())).how).toBe('measured')
    expect((await choicesOf(answers).choose(job())).how).toBe('remembered')
  })

  it('is found without measuring where nothing else works, and a device that fails the probe is left out with its reason', async () => {
    const none = new Answers([deviceReport('onnx-webgpu', { reasons: [absent] })], {})
    expect(await choicesOf(none).choose(job())).toEqual({ device: 'onnx-cpu', how: 'only', speeds: {}, leftOut: { 'onnx-webgpu': [absent] } })
    expect(none.probed).toEqual([])
    const failing = new Answers([deviceReport('onnx-cuda')], { 'onnx-cpu': speed(5), 'onnx-cuda': failure(issue('engine-failed', [], { reason: 'out of memory' })) })
    expect(await choicesOf(failing).choose(job())).toMatchObject({ device: 'onnx-cpu', how: 'measured', speeds: { 'onnx-cpu': 5 }, leftOut: { 'onnx-cuda': [{ code: 'engine-failed', args: { reason: 'out of memory' } }] } })
  })
})
