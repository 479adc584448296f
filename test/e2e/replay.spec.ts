import { expectAccessible } from './accessibility'
import { expect, test, type Page } from './fixture'
import { fourExperiments, markAll } from './overlay'

test.use({ dataFiles: fourExperiments })

/** Trains the first two experiments, of four epochs of 45 steps, and opens both in the replay room. */
async function replayTwo(page: Page): Promise<void> {
  await page.getByTestId('tour-dismiss').click()
  for (let run = 1; run <= 2; run++) {
    await page.getByTestId('experiment-tab').nth(run - 1).click()
    await page.getByTestId('train-button').click()
    await page.getByTestId('room-runs').click()
    await expect(page.getByTestId('runs-table').getByText('done')).toHaveCount(run)
  }
  await markAll(page)
  await page.getByTestId('replay-runs').click()
  // Events were read: there is something to stop at, and answers to show.
  await expect(page.getByTestId('replay-as-of')).toHaveCount(2)
}

test('two runs play in step: scrubbed, stepped by update and by event, played to the end', async ({ page }) => {
  await replayTwo(page)
  const steps = page.getByTestId('replay-step')
  const time = page.getByTestId('replay-position')
  await page.getByTestId('replay-unit').selectOption('step')
  await expect(time).toHaveText('0 / 180')
  await expect(steps).toHaveText([/^step 0 /, /^step 0 /])

  await page.getByTestId('replay-scrub').focus()
  await page.keyboard.press('End')
  await expect(steps).toHaveText([/^step 180 · epoch 4 /, /^step 180 · epoch 4 /])
  await page.getByTestId('replay-room').focus()
  await page.keyboard.press(',')
  await expect(time).toHaveText('179 / 180')
  await page.keyboard.press('[')
  await expect(time).toHaveText('135 / 180')
  await page.keyboard.press('[')
  await expect(time).toHaveText('90 / 180')
  await expect(page.getByTestId('confusion')).toHaveCount(2)
  await page.keyboard.press(']')
  await expect(time).toHaveText('135 / 180')

  await page.getByTestId('replay-unit').selectOption('epoch')
  await expect(time).toHaveText('3 / 4')
  await page.getByTestId('replay-speed').selectOption('100')
  await page.getByTestId('replay-room').focus()
  await page.keyboard.press('Space')
  await expect(time).toHaveText('4 / 4')
  await expect(page.getByTestId('replay-play')).toHaveAccessibleName('Play (Space)')
})

test('a value of a moment is the one that was recorded then', async ({ page }) => {
  await replayTwo(page)
  await page.getByTestId('replay-unit').selectOption('step')
  await page.getByTestId('replay-room').focus()
  await page.keyboard.press('.')
  await expect(page.getByTestId('replay-step').first()).toContainText('step 1 ')
  const loss = page.getByTestId(/^replay-run-/).first().getByRole('row', { name: 'Loss' }).getByRole('cell')
  await expect(loss.nth(1)).toHaveText('–')
  const value = async (): Promise<number> => Number(await loss.first().getAttribute('title'))
  // An untrained model of ten classes says about ln 10.
  await expect.poll(value).toBeGreaterThan(1.5)
  const first = await value()
  expect(first).toBeLessThan(4)
  await page.keyboard.press('End')
  await expect.poll(value).toBeLessThan(first)
  await expect(loss.nth(1)).not.toHaveText('–')
})

test('a run is run again and found bit-identical', async ({ page }) => {
  await replayTwo(page)
  await page.getByTestId('verify-run').first().click()
  await expect(page.getByTestId('verdict')).toContainText('Bit-identical: all')
  await expect(page.getByTestId('verdict')).toContainText('up to step 180')
  await page.getByTestId('room-runs').click()
  await expect(page.getByTestId('runs-table').getByText('verification')).toHaveCount(1)
})

test('the room has no serious accessibility violation, empty or full', async ({ page }) => {
  await page.getByTestId('room-replay').click()
  await expect(page.getByTestId('replay-room')).toContainText('Nothing to replay yet')
  await expectAccessible(page, '[data-testid=replay-room]')
  await page.getByTestId('room-build').click()
  await replayTwo(page)
  await expectAccessible(page, '[data-testid=replay-room]')
})
