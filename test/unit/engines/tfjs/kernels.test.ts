import * as tf from '@tensorflow/tfjs-core'
import { OPS } from '@shared/graph'
import { describe, expect, test } from 'vitest'
import { selfTest } from '@main/engines/self-test'
import native from '../../../fixtures/tfjs-node-kernels/kernels.json'
import { opCases } from '../../../property/graph/op-cases'
import { devices, runCase, sessionFor } from './case-program'

/** Kernels that tfjs-core asks the backend for while `body` runs. */
async function kernelsOf(body: () => Promise<unknown>): Promise<string[]> {
  const { kernelNames } = await tf.profile(async () => {
    await body()
  })
  return kernelNames
}

test('the list is of the release that the engine is written for', () => {
  expect(native.version).toBe(tf.version_core)
  expect(native.kernels.length).toBeGreaterThan(100)
})

describe.each(devices)('on %s, only kernels that the native library has are run by', (device) => {
  test.each([...OPS.keys()])('%s', async (op) => {
    for (const each of opCases.filter((one) => one.op === op)) {
      const kernels = await kernelsOf(() => runCase(each.build(), device))
      if (op !== 'randomBits') expect(kernels, each.name).not.toEqual([])
      expect(kernels.filter((name) => !native.kernels.includes(name)), each.name).toEqual([])
    }
  })

  test('gathering rows and keeping state', async () => {
    const kernels = await kernelsOf(() => selfTest(sessionFor, device))
    expect(kernels).toEqual(expect.arrayContaining(['GatherV2', 'Identity', ...(device === 'tfjs-cpu' ? [] : ['Conv2DBackpropFilter'])]))
    expect(kernels.filter((name) => !native.kernels.includes(name))).toEqual([])
  })
})
