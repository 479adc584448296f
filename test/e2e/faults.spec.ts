import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from './fixture'
import { stepOf } from './steps'

/** The training process of a host, by its command line (Linux); null while there is none. */
function trainingProcess(host: number | undefined): number | null {
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    try {
      const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]
      if (Number(parent) === host && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('training.js')) return Number(name)
    } catch {
      // Ended meanwhile.
    }
  }
  return null
}

test('a training process that dies leaves the window as it was, and one click goes on', async ({ page, host }) => {
  test.skip(process.platform !== 'linux', 'finds the process in /proc')
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('room-train').click()
  await page.getByTestId('field-epochs').getByRole('textbox').fill('100000')
  await page.keyboard.press('Enter')
  await page.getByTestId('train-button').click()
  for (const signal of ['SIGSEGV', 'SIGABRT', 'SIGKILL'] as const) {
    await expect(page.getByTestId('run-state')).toHaveText('training')
    await expect.poll(() => stepOf(page)).toBeGreaterThan(200)
    await expect.poll(() => trainingProcess(host.child.pid)).not.toBeNull()
    process.kill(trainingProcess(host.child.pid) ?? NaN, signal)
    await expect(page.getByTestId('run-state')).toHaveText('interrupted')
    await page.getByTestId('resume-run').click()
  }
  await expect(page.getByTestId('run-state')).toHaveText('training')
  await page.getByTestId('room-runs').click()
  await expect(page.getByTestId('room-runs')).toHaveAttribute('aria-current', 'page')
})
