import { describe, expect, it } from 'vitest'
import { onnxEngine } from '@main/engines/onnx'
import type { ResolvedOptimizer } from '@shared/catalog/optimizers'
import { goldenProgram } from './optimizers.program'
import { documentOf, type GoldenRun, goldenRate, goldenRuns, resolved, startOf, STEPS } from './optimizers.runs'

/** Weights after every update, computed by ONNX Runtime in float32 in one dispatch. */
async function trajectory(run: GoldenRun, optimizer: ResolvedOptimizer): Promise<number[][]> {
  const program = goldenProgram(run, optimizer)
  const start = startOf(run)
  const initial = new Map(optimizer.rule.slots(optimizer.options).map((slot) => [slot.name, slot.initial]))
  const state = program.state.map((entry) => ({
    entry,
    value: entry.name === 'weight' ? Float32Array.from(start) : new Float32Array(start.length).fill(initial.get(entry.name) ?? NaN),
  }))
  const scalars = Array.from({ length: STEPS }, (_, index) =>
    optimizer.rule.scalars(optimizer.options, { step: index + 1, learningRate: goldenRate(index + 1, optimizer.learningRate) }),
  )
  const inputs = Object.fromEntries(program.steps.map(({ name }) => [name, Float32Array.from(scalars, (each) => each[name])]))
  const session = await onnxEngine.open({ device: 'onnx-cpu', threads: 1, tables: new Map(), state })
  try {
    const execution = await session.prepare(program, 'train')
    const { weight } = await execution.run({ count: STEPS, rows: new Int32Array(STEPS), inputs })
    return Array.from({ length: STEPS }, (_, step) => [...weight.slice(step * start.length, (step + 1) * start.length)])
  } finally {
    await session.dispose()
  }
}

describe('golden trajectories in float32 through ONNX Runtime', () => {
  it.each(goldenRuns.map((run) => [`${run.framework} ${run.optimizer} ${run.setting} ${run.function}`, run] as const))('%s', async (_name, run) => {
    const found = await trajectory(run, resolved(documentOf(run)))
    run.params.forEach((expected, step) => {
      const size = Math.max(...expected.map(Math.abs))
      expected.forEach((value, index) => {
        expect(Math.abs(found[step][index] - value), `update ${step + 1}, weight ${index}`).toBeLessThanOrEqual(1e-5 * size)
      })
    })
  })
})
