import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { join } from 'node:path'
import { EXAMPLE, Folder, ROOT, run } from './cli-harness'

describe('descent sample', () => {
  const folder = new Folder()
  const data = ['--data-dir', folder.at('runs')]
  beforeAll(async () => {
    await run(['run', join(ROOT, 'resources/examples/char-every.descent.json'), '--set', 'training.epochs=1', '--set', 'dataset.stride=16', ...data])
  })
  afterAll(() => folder.remove())

  it('lets the model go on from a prompt: the same of the same seed', async () => {
    const asked = ['sample', 'last', '--prompt', 'Shall I ', '--length', '30', '--seed', '4', ...data]
    const { code, output } = await run(asked)
    expect(code).toBe(0)
    expect(output).toMatch(/^Shall I [^]{30}\n$/)
    expect((await run(asked)).output).toBe(output)
    expect((await run([...asked, '--temperature', '0'])).output).not.toBe(output)
  })

  it('tells programs after how many updates', async () => {
    const { output } = await run(['sample', 'last', '--length', '5', '--json', ...data])
    const { event, step, written } = JSON.parse(output) as Record<string, unknown>
    expect([event, step, [...String(written)].length]).toEqual(['written', 8, 5])
  })

  it.each([
    [['last', '--prompt', '€'], /does not know the character “€”/],
    [['last', '--length', '0'], /length/],
    [['nothing'], /There is no run nothing/],
  ])('%j is refused', async (args, words) => {
    const { code, errors } = await run(['sample', ...args, ...data])
    expect(code).toBe(2)
    expect(errors).toMatch(words)
  })

  it('has nothing to write with where the run learned no text', async () => {
    await run(['run', EXAMPLE, '--set', 'training.epochs=1', ...data])
    const { code, errors } = await run(['sample', 'last', ...data])
    expect(code).toBe(2)
    expect(errors).toMatch(/has not learned a text/)
  })
})
