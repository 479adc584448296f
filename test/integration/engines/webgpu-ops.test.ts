import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { OPS } from '@shared/graph'
import { ROOT } from '@test/helpers/core'
import { SOFTWARE_VULKAN } from '@test/helpers/software-vulkan'
import { opCases } from '@test/property/graph/op-cases'
import { OP_TOLERANCE, worstByOp, type OpResult } from '../../../bench/gpu/ops'

/** The bench that looks at graphics processors, in a process that finds the software driver. */
function checked(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'out/main/bench/gpu-ops.js'), '--json', ...args], { encoding: 'utf8', env: { ...process.env, ...SOFTWARE_VULKAN } })
  return { status, stderr, results: stdout.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as OpResult) }
}

describe.skipIf(SOFTWARE_VULKAN === null)('the op table on onnx-webgpu', () => {
  it('agrees with float64 and with the CPU in every value and every gradient', () => {
    const { status, stderr, results } = checked()
    expect(results.map(({ name }) => name), stderr).toEqual(opCases.map(({ name }) => name))
    expect(new Set(results.map(({ op }) => op))).toEqual(new Set(OPS.keys()))
    expect(worstByOp(results).filter(({ error }) => !(error < OP_TOLERANCE))).toEqual([])
    expect(status).toBe(0)
  })
})
