import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { EXAMPLE, Folder, linesOf, run, start, type Finished } from './cli-harness'

describe('an interrupt', () => {
  const folder = new Folder()
  const data = folder.at('runs')
  afterAll(() => folder.remove())

  const long = ['run', EXAMPLE, '--json', '--data-dir', data, '--set', 'training.epochs=200']

  const lossesOf = (finished: Finished) => new Map(linesOf(finished).flatMap((line) => (line.event === 'step' ? [[line.step, line['train.loss']] as const] : [])))

  it('ends with a checkpoint and 130, and resume goes on as if nothing had happened', async () => {
    const running = start(long, { detached: true })
    await running.saw('"event":"epoch"')
    // As Ctrl-C in a terminal: to the whole process group, training process included.
    process.kill(-(running.child.pid ?? 0), 'SIGINT')
    const interrupted = await running.finished
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
    const running = start(long)
    await running.saw('"event":"step"')
    const pid = running.child.pid ?? 0
    const training = Number(readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8').trim())
    // A stopped process answers nothing: no checkpoint will come.
    process.kill(training, 'SIGSTOP')
    running.child.kill('SIGINT')
    await running.warned('Stopping')
    running.child.kill('SIGINT')
    await sleep(600)
    expect(running.child.exitCode).toBeNull()
    running.child.kill('SIGINT')
    // Finished means that nobody holds the errors' stream any more: the training process is gone, too.
    expect((await running.finished).code).toBe(130)
  })

  it('comes from a reader that goes away, too', async () => {
    const running = start(long)
    await running.saw('"event":"step"')
    running.child.stdout?.destroy()
    expect((await running.finished).code).toBe(130)
    const [last] = linesOf(await run(['runs', '--json', '--limit', '1', '--data-dir', data])) as unknown as readonly { status: string }[]
    expect(last.status).toBe('interrupted')
  })
})
