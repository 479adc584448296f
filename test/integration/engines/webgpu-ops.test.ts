import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { OPS } from '@shared/graph'
import { ROOT } from '@test/helpers/core'
import { SOFTWARE_VULKAN } from '@test/helpers/software-vulkan'
import { opCases } from '@test/property/graph/op-cases'
import { OP_TOLERANCE, worstByOp, type OpResult } from '../../../bench/gpu/ops'

/** A bench, in a process that finds the software driver. */
function bench(name: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [join(ROOT, `out/main/bench/${name}.js`), ...args], { encoding: 'utf8', env: { ...process.env, ...SOFTWARE_VULKAN } })
}

describe.skipIf(SOFTWARE_VULKAN === null)('the op table on onnx-webgpu', () => {
  // Every kernel is compiled by software: minutes where nothing else runs.
  it('agrees with float64 and with the CPU in every value and every gradient', { timeout: 3_600_000 }, () => {
    const { status, stderr, stdout } = bench('gpu-ops', '--device', 'onnx-webgpu', '--json')
    const results = stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as OpResult)
    expect(results.map(({ name }) => name), stderr).toEqual(opCases.map(({ name }) => name))
    expect(new Set(results.map(({ op }) => op))).toEqual(new Set(OPS.keys()))
    expect(worstByOp(results).filter(({ error }) => !(error < OP_TOLERANCE))).toEqual([])
    expect(status).toBe(0)
  })
})

describe('the bench for graphics processors', () => {
  it('says plainly that there is no device', () => {
    const { status, stdout } = bench('gpu', '--devices', 'none')
    expect(status).toBe(1)
    expect(stdout).toMatch(/^No device beside the CPU can be used here, so there is nothing to measure:\n {2}onnx-/)
    expect(stdout).toMatch(/^ {2}tfjs-tensorflow: /m)
  })

  it.skipIf(SOFTWARE_VULKAN === null)('prints what belongs into docs/performance.md', () => {
    const { status, stdout, stderr } = bench('gpu', '--devices', 'onnx-webgpu', '--models', 'M4', '--rounds', '1', '--seconds', '0.2', '--ops', 'add,sin')
    expect(status, stderr).toBe(0)
    expect(stdout).toMatch(/^## Graphics processors\n\n.*onnx-webgpu \d+\.\d+\.\d+\. Samples per second/)
    expect(stdout).toMatch(/^\| M4 \| [\d.kM]+ \| [\d.kM]+ \| [\d.]+ \([\d.]+–[\d.]+\) \|$/m)
    expect(stdout).toMatch(/^Ops: 2 of 2 within 0\.00001 of float64 and onnx-cpu \(farthest: sin, [\d.]+e-\d+\)\.$/m)
    expect(stdout).toMatch(/^\| M4 \| [\d.]+ \| 0 of \d+ \| \w+ \d+%, .*\|$/m)
  })
})
