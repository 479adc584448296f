import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXAMPLE, Folder, linesOf, run, type Finished, type Line } from './cli-harness'

describe('descent run', () => {
  const folder = new Folder()
  const data = folder.at('runs')
  const short = ['--set', 'training.epochs=2', '--data-dir', data]
  let example: Finished
  let lines: readonly Line[]
  beforeAll(async () => {
    example = await run(['run', EXAMPLE, '--json', '--data-dir', data])
    lines = linesOf(example)
  })
  afterAll(() => folder.remove())

  it('trains the sample experiment to 97% and exits with 0', () => {
    expect(example.code).toBe(0)
    const done = lines.at(-1)
    expect(done).toMatchObject({ event: 'done', status: 'done', runId: expect.stringMatching(/^\d{8}-\d{4}-/) as string, epochs: 30, steps: 1350 })
    const { seconds, samplesPerSecond, final } = done as unknown as { seconds: number; samplesPerSecond: number; final: Record<string, number> }
    expect(samplesPerSecond).toBeCloseTo((30 * 1438) / seconds, 6)
    expect(final['val.accuracy']).toBeGreaterThanOrEqual(0.97)
    expect(Object.keys(final).sort()).toEqual(['train.accuracy', 'train.loss', 'val.accuracy', 'val.loss'])
  })

  it('prints every step and every epoch once, in order', () => {
    const steps = lines.filter((line) => line.event === 'step')
    expect(steps.map((line) => line.step)).toEqual(Array.from({ length: 1350 }, (_, index) => index + 1))
    expect(steps.every((line) => typeof line['train.loss'] === 'number' && typeof line.seconds === 'number')).toBe(true)
    const epochs = lines.filter((line) => line.event === 'epoch')
    expect(epochs.map((line) => line.epoch)).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
    expect(lines[0]).toMatchObject({ event: 'prepared', rows: { train: 1438, validation: 359, test: 0 }, parameters: 4810 })
  })

  it('prints for people without --json', async () => {
    const { code, output, errors } = await run(['run', EXAMPLE, ...short])
    expect(code).toBe(0)
    expect(output).toMatch(/^done {2}\d{8}-\d{4}-\w+\nepochs 2 · steps 90 · .* samples\/s\ntrain\.loss .* val\.accuracy/)
    expect(errors).toContain('1,438 training, 359 validation, 0 test rows · 4,810 parameters')
    expect(errors).toMatch(/epoch 2\/2 {2}train\.loss/)
  })

  it('speaks Chinese when asked, or when the environment does', async () => {
    const asked = await run(['run', EXAMPLE, ...short, '--lang', 'zh-CN'])
    expect(asked.output).toMatch(/^已完成 {2}/)
    const around = await run(['run', EXAMPLE, '--set', 'training.optimizer.type=none'], { environment: { LANG: 'zh_CN.UTF-8' } })
    expect(around.errors).toContain('问题: training.optimizer.type: 没有 "none"')
  })

  it('gives the same losses for the same seed, and others for another', async () => {
    const losses = async (...options: string[]) =>
      linesOf(await run(['run', EXAMPLE, '--json', ...short, ...options]))
        .filter((line) => line.event === 'step')
        .map((line) => line['train.loss'])
    const [first, again, other] = [await losses('--seed', '7'), await losses('--set', 'seed=7'), await losses('--seed', '8')]
    expect(again).toEqual(first)
    expect(other).not.toEqual(first)
  })

  it('leaves nothing in the home folder: ONNX Runtime would keep a device id there and report to its maker', async () => {
    const home = folder.at('home')
    mkdirSync(home)
    const { code } = await run(['run', EXAMPLE, ...short], { environment: { HOME: home, XDG_CACHE_HOME: join(home, '.cache') } })
    expect(code).toBe(0)
    expect(readdirSync(home)).toEqual([])
  })

  it('trains on the engine it is told', async () => {
    const [prepared] = linesOf(await run(['run', EXAMPLE, '--json', ...short, '--set', 'training.epochs=1', '--engine', 'tfjs-cpu']))
    expect(prepared).toMatchObject({ event: 'prepared', device: 'tfjs-cpu' })
  })

  it('trains a CSV that it has never seen, found beside its document', async () => {
    const rows = Array.from({ length: 60 }, (_, index) => `${String(index % 10)},${String((index * 7) % 10)},${index % 10 > 4 ? 'high' : 'low'}`)
    folder.write('table.csv', ['a,b,label', ...rows].join('\n'))
    const document = folder.write(
      'table.descent.json',
      JSON.stringify({
        format: 1,
        dataset: { type: 'csv', path: 'table.csv', target: 'label' },
        model: { nodes: [{ type: 'input' }, { type: 'dense', units: 2, activation: 'softmax' }] },
        training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: { type: 'adam', learningRate: 0.1 }, batchSize: 16, epochs: 40 },
      }),
    )
    const finished = await run(['run', document, '--json', '--data-dir', data])
    expect(finished.errors).toBe('')
    expect(linesOf(finished).at(-1)).toMatchObject({ status: 'done', final: { 'train.accuracy': 1 } })
  })

  describe('leaves a record', () => {
    it('that runs lists, newest first', async () => {
      const { code, output } = await run(['runs', '--data-dir', data])
      expect(code).toBe(0)
      const [header, first] = output.split('\n')
      expect(header).toMatch(/^run +name +status +epochs +steps/)
      expect(first).toContain('done')
      const [{ runId }] = lines as unknown as readonly { runId: string }[]
      expect(output).toContain(runId)
    })

    it('that runs --json gives to programs', async () => {
      const runs = linesOf(await run(['runs', '--json', '--limit', '100', '--data-dir', data])) as unknown as readonly { id: string; createdAt: string; metrics: Record<string, { last: number }> }[]
      const { runId, final } = lines.at(-1) as unknown as { runId: string; final: Record<string, number> }
      const listed = runs.find((each) => each.id === runId)
      expect(listed?.metrics['val.accuracy'].last).toBe(final['val.accuracy'])
      expect(new Date(listed?.createdAt ?? '').toISOString()).toBe(listed?.createdAt)
    })

    it('that show prints, for a unique beginning of its id', async () => {
      const { runId } = lines.at(-1) as unknown as { runId: string }
      const { code, output } = await run(['show', runId, '--data-dir', data])
      expect(code).toBe(0)
      expect(output).toContain(`run      ${runId}`)
      expect(output).toMatch(/val\.accuracy +\d/)
      expect(output).toMatch(/checkpoint {2}steps 1,350/)
      const shown = JSON.parse((await run(['show', 'last', '--json', '--data-dir', data])).output) as { document: { format: number }; status: string }
      expect(shown).toMatchObject({ status: 'done', document: { format: 1 } })
    })

    it('and in which show finds what went wrong, with the command that mends it', async () => {
      const slow = ['--set', 'training.optimizer={"type":"sgd","learningRate":1e-6}', '--set', 'training.diagnostics={"everySteps":10}']
      expect((await run(['run', EXAMPLE, '--json', ...short, ...slow])).code).toBe(0)
      const { findings } = JSON.parse((await run(['show', 'last', '--json', '--data-dir', data])).output) as { findings: readonly { type: string; message: string; remedies: readonly { edits: readonly { path: readonly string[]; value: number }[] }[] }[] }
      const found = findings.find(({ type }) => type === 'updateTooSmall')
      const [{ path, value }] = found?.remedies[0].edits ?? []
      expect(path).toEqual(['training', 'optimizer', 'learningRate'])
      expect(value).toBeGreaterThan(1e-6)
      const { output } = await run(['show', 'last', '--data-dir', data])
      expect(output).toContain(found?.message)
      expect(output).toContain(`--set training.optimizer.learningRate=${String(value)}`)
    })

    it('and names what is no run', async () => {
      const unknown = await run(['show', 'nothing', '--data-dir', data])
      expect(unknown).toMatchObject({ code: 2, output: '' })
      expect(unknown.errors).toContain('There is no run nothing')
      const ambiguous = await run(['show', '2', '--data-dir', data])
      expect(ambiguous.code).toBe(2)
      expect(ambiguous.errors).toMatch(/2 is the beginning of \d+ runs/)
      const done = await run(['resume', 'last', '--data-dir', data])
      expect(done.code).toBe(2)
    })
  })
})
