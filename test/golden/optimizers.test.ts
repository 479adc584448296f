import { describe, expect, it } from 'vitest'
import { documentOf, goldenRate, goldenRuns, gradientOf, resolved, startOf, STEPS } from './optimizers.runs'
import { ReferenceUpdate } from './optimizers.update'

describe('golden trajectories in float64', () => {
  it.each(goldenRuns.map((run) => [`${run.framework} ${run.optimizer} ${run.setting} ${run.function}`, run] as const))('%s', (_name, run) => {
    const optimizer = resolved(documentOf(run))
    const update = new ReferenceUpdate(optimizer, startOf(run))
    for (let step = 1; step <= STEPS; step++) {
      const weight = update.advance(gradientOf(run, update.weight), goldenRate(step, optimizer.learningRate))
      run.params[step - 1].forEach((expected, index) => {
        expect(Math.abs(weight[index] - expected), `update ${step}, weight ${index}`).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(expected)))
      })
    }
  })
})
