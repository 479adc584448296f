import { layers } from '@shared/catalog/layers'
import { optimizers } from '@shared/catalog/optimizers'
import { expect, test, type Locator } from './fixture'
import { enter } from './rooms'

/** A layer of every type: what does not fit together is shown all the same. */
const EVERY_LAYER = {
  format: 1,
  name: 'layers',
  dataset: { type: 'digits', shape: 'image' },
  model: { nodes: layers.map(({ type }) => ({ id: type, type })) },
  training: {
    loss: 'categoricalCrossentropy',
    optimizer: 'sgd',
    gradientClip: 'value',
    averaging: 'ema',
    regularization: 'l2',
    stopping: [{ type: 'steps', steps: 100_000 }],
    augmentation: ['flip'],
    distillation: { teacher: { kind: 'onnx', file: 'teacher.onnx' } },
  },
}

const workspace = (document: object): string => JSON.stringify({ tabs: [{ id: 'tab', text: JSON.stringify(document), file: null, savedText: null }], active: 'tab' })

const softly = expect.configure({ soft: true, timeout: 90_000 })

/** Every formula below an element stands there whole: nothing of it is reached only by scrolling. */
async function expectWhole(place: Locator, what: string): Promise<void> {
  const formulas = place.locator('.formula')
  await expect(formulas.first(), what).toBeVisible()
  await place.page().evaluate(async () => await document.fonts.ready)
  // They find their lines once their box has its width.
  await softly.poll(() => formulas.evaluateAll((all) => all.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1).map((each) => each.querySelector('annotation')?.textContent)), what).toEqual([])
}

/** Takes every option of a list in turn. */
async function everyOption(select: Locator, look: (option: string) => Promise<void>): Promise<void> {
  const options = await select.locator('option').evaluateAll((all) => all.map((option) => (option as HTMLOptionElement).value))
  for (const option of options.filter((value) => value !== '')) {
    await select.selectOption(option)
    await look(option)
  }
}

/** Every alternative of the choices in a form, explained. */
async function everyChoice(form: Locator, path: string): Promise<void> {
  const choices = form.locator('.choice')
  for (let at = 0; at < (await choices.count()); at++) {
    const choice = choices.nth(at)
    await everyOption(choice.locator('select').first(), async (option) => {
      const why = choice.locator('.why').first()
      if ((await why.getAttribute('aria-expanded')) === 'false') await why.click()
      await expectWhole(choice.locator('.explanation').first(), `${path} ${option}`)
    })
  }
}

test.use({ viewport: { width: 1024, height: 700 } })

for (const language of ['en', 'zh-CN']) {
  test.describe(`at 1024×700, ${language}: no formula is scrolled sideways`, () => {
    test.use({ settings: { language, 'tour.step': 9 }, dataFiles: { 'workspace.json': workspace(EVERY_LAYER) } })

    test('of losses, schedules, and optimizers in every dialect', async ({ page }) => {
      await enter(page, 'train')
      const section = (list: string): Locator => page.locator('details', { has: page.getByTestId(list) })
      for (const list of ['loss', 'schedule']) await everyOption(page.getByTestId(list), async (option) => expectWhole(section(list), option))
      for (const { type, dialects } of optimizers) {
        await page.getByTestId('optimizer').selectOption(type)
        for (const dialect of Object.keys(dialects)) {
          await page.getByTestId(`dialect-${dialect}`).click()
          await expectWhole(section('optimizer'), `${type} ${dialect}`)
        }
      }
    })

    test('of clipping, averaging, penalties, stopping, augmentation and distillation', async ({ page }) => {
      await enter(page, 'train')
      for (const field of ['gradientClip', 'averaging', 'regularization', 'stopping']) await everyChoice(page.getByTestId(`field-${field}`), field)
      await everyChoice(page.locator('details', { has: page.getByTestId('augment-again') }), 'augmentation')
      await expectWhole(page.getByTestId('distillation'), 'distillation')
    })

    test('of layers, and what is chosen for them', async ({ page }) => {
      await enter(page, 'build')
      await page.getByTestId('view-list').click()
      for (const { type } of layers) {
        await page.getByTestId(`row-${type}`).click()
        const why = page.getByTestId('why')
        if ((await why.getAttribute('aria-expanded')) === 'false') await why.click()
        await expectWhole(page.getByTestId('inspector'), type)
      }
      await page.getByTestId('row-dense').click()
      await everyChoice(page.getByTestId('inspector').locator('.options'), 'dense')
    })

    test('in the Lab', async ({ page }) => {
      await enter(page, 'lab')
      await everyOption(page.getByTestId('surface-choice'), async (option) => {
        if (option !== 'own') await expectWhole(page.locator('main'), option)
      })
      await page.getByTestId('lab-range').click()
      await expectWhole(page.locator('main'), 'range test')
    })
  })
}
