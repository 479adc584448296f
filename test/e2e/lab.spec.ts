import { FIRST_RACE } from '@renderer/views/lab/surfaces/setting'
import { expect, test, type Page } from './fixture'

async function openLab(page: Page): Promise<void> {
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('room-lab').click()
  await expect(page.getByTestId('way').first()).toBeVisible()
}

/** Place of the start in the plane, as the fields say. */
async function startOf(page: Page): Promise<readonly number[]> {
  return await Promise.all(['start-x', 'start-y'].map(async (id) => Number(await page.getByTestId(id).getByRole('textbox').inputValue())))
}

async function lengthOfWay(page: Page): Promise<number> {
  return ((await page.getByTestId('way').first().getAttribute('d')) ?? '').split('L').length
}

test.describe('surfaces by click', () => {
  // At its slowest the race takes a minute: it can be paused before it has ended.
  test.use({ settings: { 'lab.race': { ...FIRST_RACE, steps: 600 } } })

  test('a click starts a race from there; it plays to its end, and is paused, stepped and scrubbed', async ({ page }) => {
    await openLab(page)
    await expect(page.getByTestId('way')).toHaveCount(4)
    await expect(page.getByTestId('standings')).toContainText('sgd keras 0.95')
    await page.getByTestId('race-speed').selectOption('10')
    const surface = page.getByTestId('surface')
    const box = await surface.boundingBox()
    if (box === null) throw new Error('no surface')
    await surface.click({ position: { x: box.width * 0.75, y: box.height * 0.25 } })
    await expect.poll(async () => (await startOf(page))[0]).toBeGreaterThan(2)
    const [x, y] = await startOf(page)
    expect(y).toBeGreaterThan(1)
    await expect.poll(() => lengthOfWay(page)).toBeGreaterThan(3)
    await page.getByTestId('race-play').click()
    await expect(page.getByTestId('race-play')).toHaveAttribute('aria-label', /Play/)
    await page.getByTestId('race-scrub').fill('20')
    await page.getByTestId('race-step').click()
    await expect(page.getByTestId('race-position')).toHaveText('21 / 600')
    await page.getByTestId('race-speed').selectOption('300')
    await page.getByTestId('race-play').click()
    await expect(page.getByTestId('race-position')).toHaveText('600 / 600')
    await expect.poll(() => lengthOfWay(page)).toBe(601)
    await page.getByTestId('race-scrub').fill('10')
    await expect.poll(() => lengthOfWay(page)).toBe(11)

    // The race is kept.
    await page.reload()
    await expect(page.getByTestId('way').first()).toBeVisible()
    await expect.poll(() => startOf(page)).toEqual([x, y])
  })
})

test.describe('surfaces by keys and words', () => {
  test('keys move the start and play; another dialect, a schedule and one more optimizer race too', async ({ page }) => {
    await openLab(page)
    const before = await startOf(page)
    await page.getByTestId('surface').focus()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Shift+ArrowRight')
    await expect.poll(() => startOf(page)).toEqual([before[0] + 2, before[1] + 0.1])
    await page.keyboard.press('Space')
    await page.getByTestId('race-end').click()

    const momentum = page.getByTestId('racer-1')
    await momentum.getByLabel('Dialect').selectOption('pytorch')
    await expect(page.getByTestId('standings')).toContainText('momentum pytorch 0.1')
    await momentum.getByLabel('Schedule of').selectOption('cosine')
    await expect(page.getByTestId('standings')).toContainText('momentum pytorch 0.1 cosine')
    await page.getByTestId('add-racer').click()
    await expect(page.getByTestId('way')).toHaveCount(5)
    await page.getByTestId('racer-0').getByLabel('Learning rate of').fill('50')
    await expect(page.getByTestId('standings')).toContainText(/diverged at update \d+/)
    await page.getByTestId('racer-0').getByLabel('Remove').click()
    await expect(page.getByTestId('way')).toHaveCount(4)
  })

  test('another function, and one of the person’s own; what cannot be read is said at its place', async ({ page }) => {
    await openLab(page)
    await page.getByTestId('surface-choice').selectOption('rosenbrock')
    await expect(page.getByTestId('race-position')).toHaveText('1000 / 1000')
    await expect(page.getByTestId('standings')).toContainText('adam keras 0.05')
    await page.getByTestId('surface-choice').selectOption('own')
    await page.getByTestId('expression').fill('(x-1)^2 + 4 y^2')
    await page.getByTestId('racer-0').getByLabel('Learning rate of').fill('0.1')
    await expect(page.getByTestId('standings').getByRole('row').nth(1)).toContainText(/1, .*0/)
    await page.getByTestId('expression').fill('(x-1)^2 + foo(y)')
    await expect(page.getByTestId('issues')).toContainText('There is no function “foo”')
    await page.getByTestId('expression').fill('x +')
    await expect(page.getByTestId('issues')).toContainText('cannot be read from character 4')

    const downloading = page.waitForEvent('download')
    await page.getByTestId('save-race').click()
    expect((await downloading).suggestedFilename()).toBe('race.svg')
  })
})

test('range tests of two optimizers lie over each other, a rate is adopted, and no run stays', async ({ page }) => {
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('room-lab').click()
  await page.getByTestId('lab-range').click()
  await page.getByTestId('range-start').click()
  const suggested = page.getByTestId('range-suggested')
  await expect(suggested).toHaveCount(1)
  await expect(page.getByTestId('range-start')).toBeVisible()
  const [first] = await suggested.allTextContents()
  expect(Number(first)).toBeGreaterThan(1e-5)

  await page.getByTestId('room-train').click()
  await page.getByTestId('optimizer').selectOption('momentum')
  await page.getByTestId('room-lab').click()
  await page.getByTestId('field-to').getByRole('textbox').fill('1e-7')
  await expect(page.getByTestId('range-start')).toBeDisabled()
  await expect(page.getByText('give an end above the beginning')).toBeVisible()
  await page.getByTestId('field-to').getByRole('textbox').fill('30')
  await page.getByTestId('range-start').click()
  await expect(suggested).toHaveCount(2)
  await expect(page.getByTestId('range-start')).toBeVisible()
  await expect(page.getByTestId('range-tests')).toContainText('Momentum')
  const second = (await suggested.allTextContents())[1]
  expect(Number(second)).not.toBe(Number(first))

  await page.getByTestId('range-adopt').nth(1).click()
  await page.getByTestId('room-train').click()
  await expect(page.getByTestId('field-learningRate').getByRole('textbox').first()).toHaveValue(String(Number(second)))
  await page.getByTestId('room-runs').click()
  await expect(page.getByTestId('room-runs')).toBeVisible()
  await expect(page.getByText('range test')).toHaveCount(0)
})

/** Longer than anyone waits. */
const ENDLESS = {
  format: 1,
  name: 'endless',
  seed: 1,
  dataset: { type: 'iris' },
  model: { nodes: [{ type: 'dense', units: 3, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', optimizer: { type: 'sgd', learningRate: 0.01 }, batchSize: 16, epochs: 1_000_000 },
}

test.describe('while others train', () => {
  const tabs = ['first', 'second'].map((id) => ({ id, text: JSON.stringify({ ...ENDLESS, name: id }), file: null, savedText: null }))
  test.use({ settings: { 'tour.step': 9 }, dataFiles: { 'workspace.json': JSON.stringify({ tabs, active: 'first' }) } })

  test('a range test says that it waits, in the Lab and in the train room', async ({ page }) => {
    for (const tab of [0, 1]) {
      await page.getByTestId('experiment-tab').nth(tab).click()
      await page.getByTestId('train-button').click()
      await expect(page.getByTestId('run-state')).toHaveText('training')
    }
    await page.getByTestId('room-lab').click()
    await page.getByTestId('lab-range').click()
    await expect(page.getByTestId('range-picture')).toContainText('No test yet')
    await page.getByTestId('range-start').click()
    await expect(page.getByTestId('range-picture')).toContainText('The test waits')
    await page.getByTestId('range-stop').click()
    await expect(page.getByTestId('range-picture')).toContainText('ended before it had a curve')

    await page.getByTestId('room-train').click()
    await page.getByTestId('find-rate').click()
    await expect(page.getByText('The test waits')).toBeVisible()
    await page.getByTestId('stop-button').click()
    await expect(page.getByTestId('range-curve')).toBeVisible()
    await expect(page.getByText('The test waits')).toBeHidden()
  })
})

test('a dialect switch shows formula and warning, and offers the equivalent settings', async ({ page }) => {
  await page.getByTestId('tour-dismiss').click()
  await page.getByTestId('room-train').click()
  await page.getByTestId('optimizer').selectOption('momentum')
  const rate = page.getByTestId('field-learningRate').getByRole('textbox').first()
  await rate.fill('0.05')
  await page.getByTestId('dialect-textbook').click()
  const note = page.getByTestId('dialect-note')
  await expect(note).toContainText('From Keras to textbook', { ignoreCase: true })
  await expect(note.locator('.katex')).not.toHaveCount(0)
  await expect(note.getByTestId('dialect-same')).toHaveAttribute('aria-pressed', 'true')
  await expect(note.getByTestId('dialect-gap')).toContainText('%')
  await expect(rate).toHaveValue('0.05')
  await note.getByTestId('dialect-equivalent').click()
  await expect(note.getByTestId('dialect-equivalent')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByTestId('rule')).toBeVisible()

  // A difference that no settings undo is explained.
  await page.getByTestId('optimizer').selectOption('adam')
  await expect(note).toBeHidden()
  await page.getByTestId('dialect-keras').click()
  await expect(note).toBeVisible()
  await page.getByTestId('dialect-pytorch').click()
  await expect(note.getByTestId('dialect-exact')).toContainText('There are no equivalent settings')
  await expect(note.getByTestId('dialect-difference')).toContainText('bias correction')
  await note.getByTestId('dialect-close').click()
  await expect(note).toBeHidden()

  // And a dialect that does not exist.
  await page.getByTestId('optimizer').selectOption('lion')
  await page.getByTestId('dialect-pytorch').click()
  await expect(note.getByTestId('dialect-absent')).toContainText('no pytorch dialect')
  await page.keyboard.press('Control+z')
})
