import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Placement } from '@shared/protocol/devices'
import { need, parseDocument } from '@shared/spec'
import { document, ROOT } from '@test/helpers/core'
import { coreOnSoftwareVulkan, SOFTWARE_VULKAN } from '@test/helpers/software-vulkan'
import { start } from '../cli-harness'

const mlp = (units: number, rate = 0) => ({
  format: 1,
  dataset: { type: 'iris' },
  model: { nodes: [{ type: 'dense', units, activation: 'relu' }, ...(rate > 0 ? [{ type: 'dropout', rate }] : []), { type: 'dense', units: 3, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: 'adam', batchSize: 16, epochs: 2 },
})

const onCpu = (placements: readonly Placement[]): readonly string[] => placements.filter(({ place }) => place === 'cpu').map(({ operator }) => operator)

describe.skipIf(SOFTWARE_VULKAN === null)('beside a device that is really there', () => {
  const host = coreOnSoftwareVulkan()

  async function choice(value: object) {
    const run = host.test.start(value)
    await run.finished()
    return run.facts?.choice
  }

  it('`auto` measures both on the very program, takes the processor, and says why', async () => {
    const found = await choice(mlp(8))
    expect(found).toMatchObject({ device: 'onnx-cpu', how: 'measured' })
    expect(Object.keys(found?.speeds ?? {}).sort()).toEqual(['onnx-cpu', 'onnx-webgpu'])
    // Software that plays a graphics processor, a step a call: whatever else the machine does, it is far behind.
    expect(found?.speeds['onnx-webgpu']).toBeGreaterThan(0)
    expect(found?.speeds['onnx-cpu']).toBeGreaterThan(2 * (found?.speeds['onnx-webgpu'] ?? Infinity))
    expect(found?.leftOut).not.toHaveProperty('onnx-webgpu')
    expect(await choice(mlp(8))).toEqual({ ...found, how: 'remembered' })
    expect(await choice(mlp(9))).toMatchObject({ device: 'onnx-cpu', how: 'measured' })
  })

  it('a run that insists on it gets it, while others look at it', async () => {
    const value = mlp(8)
    const looks = [host.test.core.devices(), host.test.core.placements({ document: document(value), baseDirectory: ROOT, device: 'onnx-webgpu' }), host.test.core.devices()] as const
    const run = host.test.start({ ...value, engine: { preference: 'onnx-webgpu' } })
    const [before, placements] = await Promise.all(looks)
    expect(before.find(({ id }) => id === 'onnx-webgpu')).toMatchObject({ available: true, reasons: [] })
    expect(placements).toMatchObject({ ok: true })
    expect((await run.finished()).status).toBe('done')
    expect(run.facts?.device).toBe('onnx-webgpu')
    expect(run.events.filter(({ type }) => type === 'crashed' || type === 'lost')).toEqual([])
  })

  it('is busy for those who look while a run is there', async () => {
    const run = host.test.start({ ...mlp(8), engine: { preference: 'onnx-webgpu' }, training: { ...mlp(8).training, epochs: 100_000 } })
    await run.until((event) => event.type === 'points')
    expect(await host.test.core.placements({ document: document(mlp(8)), baseDirectory: ROOT, device: 'onnx-webgpu' })).toMatchObject({ ok: false, issues: [{ code: 'engine-device-busy' }] })
    expect(await host.test.core.placements({ document: document(mlp(8)), baseDirectory: ROOT, device: 'onnx-cpu' })).toMatchObject({ ok: true })
    run.control({ type: 'stop', as: 'stopped' })
    await run.finished()
  })

  it.each(['row-lstm', 'transformer', 'autoencoder'])('every operator of %s runs on the device', async (name) => {
    const document = need(parseDocument(JSON.parse(readFileSync(join(ROOT, 'resources/examples', `${name}.descent.json`), 'utf8'))))
    const found = need(await host.test.core.placements({ document, baseDirectory: join(ROOT, 'resources/examples'), device: 'onnx-webgpu' }))
    expect(found.device).toBe('onnx-webgpu')
    expect(found.placements.length).toBeGreaterThan(10)
    expect(onCpu(found.placements)).toEqual([])
  })

  it('dropout\'s bits alone are made by the processor, and `descent devices --placements` says so', async () => {
    const path = join(host.test.directory, 'dropout.descent.json')
    writeFileSync(path, JSON.stringify(mlp(8, 0.5)))
    const { code, output, errors } = await start(['devices', '--placements', path], { environment: SOFTWARE_VULKAN ?? {} }).finished
    expect(code, errors).toBe(0)
    const away = output.split('\n').filter((line) => / CPU +\d/.test(line))
    expect(away.map((line) => line.split(' ')[0]).sort()).toEqual(['BitShift', 'BitwiseOr', 'BitwiseXor'])
    for (const line of away) expect(line).toMatch(/dropout\S*\/randomBits/)
    expect(output).toMatch(/^onnx-webgpu: 6 of \d+ nodes run on the CPU instead$/m)
  })
})
