import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { EXAMPLE, Folder, linesOf, run, start, type Finished } from './cli-harness'

describe('an interrupt', () => {
  const folder = new Folder()
  const data = folder.at('runs')
  afterAll(() => folder.remove())

  const training = (epochs: number) => ['run', EXAMPLE, '--json', '--data-dir', data, '--set', `training.epochs=${String(epochs)}`]
  const long = training(200)
  const endless = training(1_000_000)

  const lossesOf = (finished: Finished) => new Map(linesOf(finished).flatMap((line) => (line.event === 'step' ? [[line.step, line['train.loss']] as const] : [])))

  /** As Ctrl-C in a terminal: to the whole process group, training process included. Where a busy machine lets the run end first, another one is started. */
  async function interruptedRun(): Promise<Finished> {
    for (;;) {
      const running = start(long, { detached: true })
      await running.saw('"event":"epoch"')
      if (running.child.exitCode === null) process.kill(-(running.child.pid ?? NaN), 'SIGINT')
      const finished = await running.finished
      if (finished.code !== 0) return finished
    }
  }

  it('ends with a checkpoint and 130, and resume goes on as if nothing had happened', async () => {
    const interrupted = await interruptedRun()
    expect(interrupted.code).toBe(130)
    expect(interrupted.errors).toContain('Stopping at a checkpoint')
    const done = linesOf(interrupted).at(-1) as unknown as { runId: string; status: string; steps: number }
    expect(done.status).toBe('interrupted')
    expect(linesOf(interrupted).at(-2)).toMatchObject({ event: 'checkpoint', step: done.steps })

    const resumed = await run(['resume', done.runId, '--json', '--data-dir', data])
    expect(resumed.code).toBe(0)
    const whole = await run(long)
    expect(new Map([...lossesOf(interrupted), ...lossesOf(resumed)])).toEqual(lossesOf(whole))
    expect(linesOf(resumed).find((line) => line.event === 'step')).toMatchObject({ step: done.steps + 1 })
    expect(linesOf(resumed).at(-1)?.final).toEqual(linesOf(whole).at(-1)?.final)
  })

  // The kernel's list of children is how the training process is found.
  it.runIf(process.platform === 'linux')('given twice ends at once, whatever the run does', async () => {
    const running = start(endless)
    await running.saw('"event":"step"')
    const pid = String(running.child.pid)
    const child = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    // Anything else would be a signal to others.
    expect(child).toMatch(/^\d+$/)
    // A stopped process answers nothing: no checkpoint will come.
    process.kill(Number(child), 'SIGSTOP')
    running.child.kill('SIGINT')
    await running.warned('Stopping')
    // Those that come at once count as one with the first.
    const impatience = setInterval(() => running.child.kill('SIGINT'), 100)
    // Finished means that nobody holds the errors' stream any more: the training process is gone, too.
    expect((await running.finished).code).toBe(130)
    clearInterval(impatience)
  })

  it('comes from a reader that goes away, too', async () => {
    const running = start(endless)
    await running.saw('"event":"step"')
    running.child.stdout?.destroy()
    expect((await running.finished).code).toBe(130)
    const [last] = linesOf(await run(['runs', '--json', '--limit', '1', '--data-dir', data])) as unknown as readonly { status: string }[]
    expect(last.status).toBe('interrupted')
  })

  it('comes from a terminal that was closed, too: the errors are read by nobody', async () => {
    const running = start(['run', EXAMPLE, '--data-dir', data, '--set', 'training.epochs=1000000'])
    await running.warned('epoch')
    running.child.stderr?.destroy()
    const { code, output } = await running.finished
    expect(code).toBe(130)
    expect(output).toContain('interrupted')
    const [last] = linesOf(await run(['runs', '--json', '--limit', '1', '--data-dir', data])) as unknown as readonly { status: string }[]
    expect(last.status).toBe('interrupted')
  })

  it('ends a range test, which leaves nothing behind', async () => {
    const temporary = folder.at('tmp')
    mkdirSync(temporary)
    const running = start(['range', EXAMPLE, '--steps', '100000', '--set', 'training.batchSize=full'], { environment: { TMPDIR: temporary, TEMP: temporary } })
    await expect.poll(async () => await Promise.all(readdirSync(temporary).map(async (name) => (await run(['runs', '--json', '--data-dir', join(temporary, name)])).output))).toEqual([expect.stringContaining('"status"')])
    running.child.kill('SIGINT')
    expect(await running.finished).toMatchObject({ code: 130, output: '' })
    expect(readdirSync(temporary)).toEqual([])
  })

  it('ends a distillation: every run stops at a checkpoint and can go on', async () => {
    const example = JSON.parse(readFileSync(EXAMPLE, 'utf8')) as { readonly training: object }
    const teacher = folder.write('endless.descent.json', JSON.stringify({ ...example, training: { ...example.training, epochs: 1_000_000 } }))
    const running = start(['distill', teacher, EXAMPLE, '--data-dir', folder.at('distilled')])
    const runs = async (): Promise<readonly { readonly status: string }[]> => {
      const { output } = await run(['runs', '--json', '--data-dir', folder.at('distilled')])
      return output === '' ? [] : (output.trim().split('\n').map((line) => JSON.parse(line) as unknown) as { status: string }[])
    }
    await expect.poll(async () => (await runs()).map(({ status }) => status)).toContain('running')
    running.child.kill('SIGINT')
    const { code, errors } = await running.finished
    expect(code).toBe(130)
    expect(errors).toContain('Stopping at a checkpoint … (once more to quit at once)\n')
    expect(errors).not.toContain('problem')
    for (const { status } of await runs()) expect(['interrupted', 'done']).toContain(status)
  })
})
