import { readFileSync } from 'node:fs'
import { expect, type Page } from './fixture'
import { fourExperiments, markAll } from './overlay'
import { enter } from './rooms'
import { stepOf } from './steps'

/** Called at each view, with its name. The window is as it is to be looked at. */
export type Look = (view: string) => Promise<void>

/** A person's way through the window: which files there are when it opens, and what is then done, view by view. */
export interface Walk {
  readonly title: string
  /** The tour shows itself only to who has not seen it. */
  readonly first?: true
  readonly dataFiles?: Readonly<Record<string, string>>
  readonly go: (page: Page, look: Look) => Promise<void>
}

type Tab = readonly [id: string, document: string | object]

function tabs(...opened: readonly Tab[]): Readonly<Record<string, string>> {
  const all = opened.map(([id, document]) => ({ id, text: typeof document === 'string' ? document : JSON.stringify(document), file: null, savedText: null }))
  return { 'workspace.json': JSON.stringify({ tabs: all, active: all[0].id }) }
}

function example(name: string): string {
  return readFileSync(`resources/examples/${name}.descent.json`, 'utf8')
}

/** Two features, so that its decision boundary is drawn; longer than anyone waits. */
const MOONS = {
  format: 1,
  name: 'moons',
  seed: 7,
  dataset: { type: 'moons', rows: 600, noise: 0.2, split: { validation: 0.25 } },
  model: {
    nodes: [
      { id: 'input', type: 'input' },
      { id: 'hidden1', type: 'dense', units: 16, activation: 'tanh' },
      { id: 'hidden2', type: 'dense', units: 16, activation: 'tanh' },
      { id: 'output', type: 'dense', units: 1, activation: 'sigmoid' },
    ],
  },
  training: { loss: 'binaryCrossentropy', metrics: ['accuracy'], optimizer: { type: 'sgd', learningRate: 0.05, momentum: 0.9 }, batchSize: 32, epochs: 100_000 },
}

/** Six sigmoids in a row, and plain SGD: the first ones get no gradient, which a finding says. */
const DEEP = {
  format: 1,
  name: 'deep',
  seed: 3,
  dataset: { type: 'digits', shape: 'flat' },
  model: { nodes: [...Array.from({ length: 6 }, () => ({ type: 'dense', units: 32, activation: 'sigmoid' })), { type: 'dense', units: 10, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: { type: 'sgd', learningRate: 0.1 }, batchSize: 32, epochs: 6, diagnostics: { everySteps: 20 } },
}

/** Trained in a moment; those of all sizes see the same rows. */
function irises(name: string, units: number): object {
  return {
    format: 1,
    name,
    seed: 5,
    dataset: { type: 'iris', split: { train: 0.7, validation: 0.3, seed: 5 } },
    model: { nodes: [{ type: 'dense', units, activation: 'relu' }, { type: 'dense', units: 3, activation: 'softmax' }] },
    training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: { type: 'adam', learningRate: 0.01 }, batchSize: 16, epochs: 20 },
  }
}

/** Wrong in three places. */
const MISTAKEN = {
  ...DEEP,
  name: 'mistaken',
  model: { nodes: [{ id: 'hidden', type: 'dense', units: 0, activation: 'relu' }, { id: 'maps', type: 'conv2d', filters: 8, kernelSize: [3, 3] }, { id: 'output', type: 'dense', units: 7, activation: 'softmax' }] },
}

/** A flower's measures by name, as a person's own file has them. */
const FLOWERS = ['length,width,color,species', ...Array.from({ length: 90 }, (_, row) => [(4 + ((row * 37) % 29) / 10).toFixed(1), (1 + ((row * 53) % 17) / 10).toFixed(1), ['red', 'blue', 'white'][row % 3], ['setosa', 'versicolor'][row % 2]].join(','))].join('\n')

/** Trains what is open and waits for its end in the train room. */
async function train(page: Page): Promise<void> {
  await page.getByTestId('train-button').click()
  await expect(page.getByTestId('run-panel')).toHaveAttribute('data-status', 'done')
}

/** Brings the upper edge of a part of a column into view. */
async function scrollTo(page: Page, testId: string): Promise<void> {
  await page.getByTestId(testId).first().evaluate((element) => element.scrollIntoView({ block: 'start' }))
}

/** Opens a menu, looks, closes it. */
async function menu(page: Page, testId: string, view: string, look: Look): Promise<void> {
  await page.getByTestId(testId).first().click()
  await expect(page.locator('.el-popper:visible')).not.toHaveCount(0)
  await look(view)
  await page.keyboard.press('Escape')
}

/** Every room with nothing in it, the tour, and what lies over the rooms. */
const newUser: Walk = {
  title: 'a new user',
  first: true,
  go: async (page, look) => {
    const tour = page.getByTestId('tour')
    await expect(tour).toBeVisible()
    await look('first')
    for (const step of [2, 3, 4]) {
      await page.getByTestId('tour-next').click()
      await look(`tour-${String(step)}`)
    }
    await page.getByTestId('tour-next').click()
    await enter(page, 'train')
    await look('train-idle')
    for (const room of ['runs', 'compare', 'replay'] as const) {
      await enter(page, room)
      await look(`${room}-empty`)
    }
    await page.keyboard.press('Control+k')
    await look('palette')
    await page.keyboard.press('Escape')
    await enter(page, 'devices')
    await expect(page.getByTestId('device-cards').locator('article').first()).toBeVisible()
    await look('devices')
    await menu(page, 'device-menu', 'device-menu', look)
    await page.keyboard.press('Control+/')
    await expect(page.getByTestId('shortcuts')).toBeFocused()
    await look('shortcuts')
  },
}

/** Layers on the canvas, in the list, as text; menus; what is wrong. */
const network: Walk = {
  title: 'a network',
  dataFiles: tabs(['cnn', example('digits-cnn')], ['transformer', example('transformer')], ['mistaken', MISTAKEN]),
  go: async (page, look) => {
    await enter(page, 'build')
    await look('build')
    await page.locator('[data-testid^=node-]').nth(1).click()
    await look('build-layer')
    await page.keyboard.press('Control+a')
    await look('build-selection')
    await page.getByTestId('canvas').press('a')
    await expect(page.getByTestId('picker')).toBeVisible()
    await look('build-picker')
    await page.keyboard.press('Escape')
    for (const name of ['file-menu', 'examples', 'templates', 'learn']) await menu(page, name, `build-${name}`, look)
    await page.getByTestId('view-list').click()
    await look('build-list')
    await page.getByTestId('view-json').click()
    await look('build-json')
    await page.getByTestId('view-canvas').click()
    await page.getByTestId('experiment-tab').nth(1).click()
    await page.getByTestId('fit').click()
    await look('build-branches')
    await page.getByTestId('experiment-tab').nth(2).click()
    await expect(page.getByTestId('issue-list')).toBeVisible()
    await page.getByTestId('fit').click()
    await look('build-issues')
    await page.getByTestId('learn').click()
    await page.getByTestId('lesson-vanishing-gradients').click()
    await expect(page.getByTestId('lesson-card')).toBeVisible()
    await look('lesson')
  },
}

/** What is trained on and how: a file's columns, samples and their augmentation, dialects, schedules, the range test. */
const configuration: Walk = {
  title: 'configuration',
  dataFiles: tabs(['cnn', example('digits-cnn')], ['digits', example('digits-mlp')]),
  go: async (page, look) => {
    await enter(page, 'train')
    await expect(page.getByTestId('preview-pictures')).toBeVisible()
    const augmentation = page.locator('details', { has: page.locator('summary', { hasText: /^(Augmentation|数据增强)/ }) }).last()
    await augmentation.locator('summary').click()
    await augmentation.locator('.add').click()
    await augmentation.locator('select').first().selectOption('elastic')
    await expect(page.getByTestId('augmented-pictures').locator('canvas').first()).toBeVisible()
    await augmentation.evaluate((element) => element.scrollIntoView({ block: 'start' }))
    await look('train-augmentation')

    await page.getByTestId('experiment-tab').nth(1).click()
    await page.getByTestId('dialect-textbook').click()
    await page.getByTestId('schedule').selectOption('oneCycle')
    await scrollTo(page, 'optimizer')
    await look('train-dialect')
    await page.getByTestId('find-rate').click()
    await expect(page.getByTestId('adopt-rate')).toBeVisible()
    await scrollTo(page, 'schedule')
    await look('train-range')
    await page.getByTestId('dataset').selectOption('csv')
    await scrollTo(page, 'dataset')
    await look('train-csv-missing')
    await page.getByTestId('file-path').locator('input[type=file]').setInputFiles({ name: 'flowers.csv', mimeType: 'text/csv', buffer: Buffer.from(FLOWERS) })
    await expect(page.getByTestId('first-rows')).toContainText('setosa')
    await scrollTo(page, 'dataset')
    await look('train-csv')
  },
}

/** One run of each kind, live and finished, down to the last line of its panel. */
const training: Walk = {
  title: 'live and finished',
  dataFiles: tabs(['moons', MOONS], ['digits', example('digits-mlp')], ['deep', DEEP]),
  go: async (page, look) => {
    await page.getByTestId('train-button').click()
    await expect(page.getByTestId('plane')).toBeVisible()
    await expect.poll(() => stepOf(page)).toBeGreaterThan(3000)
    await look('train-live')
    await scrollTo(page, 'plane')
    await look('train-live-plane')
    await page.getByTestId('stop-button').click()
    await expect(page.getByTestId('run-panel')).toHaveAttribute('data-status', 'stopped')
    await page.getByTestId('experiment-tab').nth(1).click()
    await train(page)
    await look('train-done')
    await scrollTo(page, 'predictions')
    await look('train-predictions')
    await scrollTo(page, 'confusion')
    await look('train-confusion')
    await scrollTo(page, 'run-log')
    await look('train-log')
    await page.getByTestId('experiment-tab').nth(2).click()
    await train(page)
    await expect(page.getByTestId('finding-vanishingGradients')).toBeVisible()
    await scrollTo(page, 'findings')
    await look('findings')
    await page.getByTestId('finding-vanishingGradients').locator('summary').click()
    await look('finding-why')
    await page.getByTestId('layer-dense3').click()
    await scrollTo(page, 'diagnostics')
    await look('diagnostics')
    await scrollTo(page, 'distributions')
    await look('diagnostics-distributions')
    await enter(page, 'runs')
    await page.getByTestId('runs-table').getByText('moons').first().click()
    await page.getByTestId('replay-runs').click()
    await expect(page.getByTestId('replay-plane')).toBeVisible()
    await page.getByTestId('replay-scrub').fill('0')
    await look('replay-plane')
  },
}

/** A model of text: what surprises it, and what it writes. */
const text: Walk = {
  title: 'text',
  dataFiles: tabs(['text', { ...(JSON.parse(example('char-every')) as { readonly training: object }), training: { loss: 'categoricalCrossentropy', metrics: ['accuracy', 'perplexity'], optimizer: { type: 'adam', learningRate: 0.005 }, batchSize: 32, epochs: 3 } }]),
  go: async (page, look) => {
    await enter(page, 'train')
    await train(page)
    await scrollTo(page, 'text-card')
    await look('train-text')
    await page.getByTestId('text-prompt').fill('Shall I compare thee ')
    await page.getByTestId('text-write').click()
    await expect(page.getByTestId('text-written')).toBeVisible()
    await scrollTo(page, 'text-prompt')
    await look('train-text-written')
    await page.getByTestId('text-prompt').fill('#')
    await page.getByTestId('text-write').click()
    await expect(page.getByTestId('text-written')).toBeHidden()
    await scrollTo(page, 'text-prompt')
    await look('train-text-refused')
    await enter(page, 'runs')
    await page.getByTestId('runs-table').getByText('char-every').first().click()
    await page.getByTestId('replay-runs').click()
    await expect(page.getByTestId('held-out-text')).toBeVisible()
    await page.getByTestId('replay-scrub').fill('0')
    await look('replay-text')
  },
}

/** Four runs: their table, comparison and replay, and the Lab. */
const manyRuns: Walk = {
  title: 'many runs',
  dataFiles: fourExperiments,
  go: async (page, look) => {
    for (let tab = 0; tab < 4; tab++) {
      await page.getByTestId('experiment-tab').nth(tab).click()
      await train(page)
    }
    await enter(page, 'runs')
    await look('runs')
    await page.getByTestId('runs-filter').fill('optimizer = a')
    await look('runs-filter')
    await page.getByTestId('runs-filter').fill('optimizer =')
    await page.getByTestId('runs-filter').press('Escape')
    await look('runs-filter-mistake')
    await page.getByTestId('runs-filter').fill('')
    await page.getByTestId('runs-filter').press('Escape')
    await menu(page, 'runs-columns', 'runs-columns', look)
    await page.getByTestId('runs-table').getByText('sgd').first().click()
    await look('runs-details')
    await menu(page, 'export-menu', 'export-menu', look)
    await page.getByTestId('runs-group').click()
    await page.getByRole('option', { name: /^(Optimizer|优化器)$/ }).click()
    await look('runs-groups')
    await page.getByTestId('archive-runs').click()
    await expect(page.getByTestId('take-back')).toBeVisible()
    await look('runs-undo')
    // What takes it back has gone by now if somebody looked long.
    await page.getByTestId('archive-runs').click()
    await expect(page.getByTestId('mark')).toHaveCount(4)
    await markAll(page)
    await page.getByTestId('replay-runs').click()
    const scrub = page.getByTestId('replay-scrub')
    await expect(scrub).not.toHaveAttribute('max', '0')
    await scrub.fill(String(Math.round(0.6 * Number(await scrub.getAttribute('max')))))
    await look('replay')
    await enter(page, 'runs')
    await page.getByTestId('compare-runs').click()
    await page.locator('[data-compare-drawn="4"]').waitFor({ state: 'attached' })
    await look('compare')
    await page.getByTestId('chart-menu-loss').click()
    await look('compare-chart-menu')
    await page.getByTestId('chart-menu-loss').click()
    await expect(page.getByTestId('export-png')).toBeHidden()
    await page.getByTestId('compare-tab-differences').click()
    await look('compare-differences')
    await page.getByTestId('compare-tab-parallel').click()
    await look('compare-parallel')
    await page.getByTestId('compare-tab-results').click()
    await page.getByTestId('compare-group').click()
    await page.getByRole('option').nth(1).click()
    await look('compare-groups')
  },
}

/** Runs whose results cannot be compared as they stand: of another split, of other data, of another loss. */
const unlike: Walk = {
  title: 'runs unlike each other',
  dataFiles: tabs(['irises', irises('irises', 4)], ['split', { ...irises('split', 4), dataset: { type: 'iris', split: { train: 0.6, validation: 0.4, seed: 5 } } }], ['flat', { ...DEEP, name: 'flat', training: { ...DEEP.training, loss: 'meanSquaredError', metrics: ['accuracy'], optimizer: { type: 'momentum', learningRate: 0.1, momentum: 0.8 }, epochs: 1, diagnostics: undefined } }]),
  go: async (page, look) => {
    for (let tab = 0; tab < 3; tab++) {
      await page.getByTestId('experiment-tab').nth(tab).click()
      await train(page)
    }
    await enter(page, 'runs')
    for (const name of ['irises', 'split']) await page.getByTestId('runs-table').getByRole('checkbox', { name }).check()
    await page.getByTestId('compare-runs').click()
    await expect(page.getByTestId('compare-otherSplit')).toBeVisible()
    await look('compare-other-split')
    await enter(page, 'runs')
    await markAll(page)
    await page.getByTestId('compare-runs').click()
    for (const caveat of ['otherData', 'otherLoss']) await expect(page.getByTestId(`compare-${caveat}`)).toBeVisible()
    await look('compare-other-data')
    await page.getByTestId('compare-tab-parallel').click()
    await expect(page.getByTestId('compare-parallel')).toBeVisible()
    await look('compare-parallel-lacking')
  },
}

/** Optimizers race: a race at its end, another function, an expression that cannot be read. */
const lab: Walk = {
  title: 'the Lab',
  go: async (page, look) => {
    await enter(page, 'lab')
    await expect(page.getByTestId('way').first()).toBeVisible()
    await page.getByTestId('race-end').click()
    await look('lab')
    await page.getByTestId('surface-choice').selectOption('himmelblau')
    await page.getByTestId('race-scrub').fill('40')
    await look('lab-himmelblau')
    await page.getByTestId('race-setting').click()
    await scrollTo(page, 'race-document')
    await look('lab-json')
    await page.getByTestId('race-setting').click()
    await page.getByTestId('surface-choice').selectOption('own')
    await page.getByTestId('expression').fill('x^2 + ')
    await look('lab-expression')
  },
}

/** The Lab's tools that train: a range test, and a large model that teaches a small one. */
const instruments: Walk = {
  title: 'the Lab, training',
  dataFiles: tabs(['small', irises('small', 4)], ['large', irises('large', 64)]),
  go: async (page, look) => {
    await enter(page, 'lab')
    await page.getByTestId('lab-range').click()
    await look('lab-range-empty')
    await page.getByTestId('range-start').click()
    await expect(page.getByTestId('range-suggested')).toHaveText(/\d/)
    await expect(page.getByTestId('range-start')).toBeVisible()
    await look('lab-range')
    await page.getByTestId('lab-distillation').click()
    await look('lab-distillation-empty')
    await page.getByTestId('teacher-tab').selectOption('large')
    await page.getByTestId('student').selectOption('small')
    await page.getByTestId('teacher-layer').selectOption({ index: 1 })
    await page.getByTestId('distillation-seeds').getByRole('textbox').fill('1')
    await page.getByTestId('distill').click()
    await expect(page.getByTestId('distillation-gain')).toBeVisible()
    await look('lab-distillation')
  },
}

export const WALKS: readonly Walk[] = [newUser, network, configuration, training, text, manyRuns, unlike, lab, instruments]
