import { expect, it } from 'vitest'
import { linesOf, run } from './cli-harness'

it('descent range tells a rate at which the loss falls, and leaves no run behind', async () => {
  const finished = await run(['range', 'resources/examples/digits-mlp.descent.json', '--json'])
  expect(finished.code).toBe(0)
  const [line] = linesOf(finished) as unknown as readonly { readonly event: string; readonly suggested: number; readonly rates: readonly number[]; readonly smoothed: readonly number[]; readonly losses: readonly number[] }[]
  expect(line.event).toBe('range')
  expect(line.suggested).toBeGreaterThan(1e-5)
  expect(line.suggested).toBeLessThan(1)
  expect(line.rates.length).toBe(line.smoothed.length)
  expect(line.losses.length).toBeLessThanOrEqual(100)
  const words = await run(['range', 'resources/examples/digits-mlp.descent.json', '--steps', '60'])
  expect(words.output).toContain('--set training.optimizer.learningRate=')
})
