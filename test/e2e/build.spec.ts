import { readFileSync } from 'node:fs'
import { expectAccessible } from './accessibility'
import { center, node, settled } from './canvas'
import { draggedFile } from './drop'
import { expect, test, type Locator, type Page } from './fixture'
import { arrowTo, tabTo } from './keys'
import { motionEnds } from './motion'
import { heldNotice } from './notices'

test.use({ settings: { 'tour.step': 99 } })

function field(page: Page, name: string): Locator {
  return page.getByTestId(`field-${name}`)
}

async function newExperiment(page: Page): Promise<void> {
  await page.getByTestId('file-menu').click()
  await page.getByTestId('file-new').click()
  await expect(page.getByText('Drag a layer here')).toBeVisible()
}

/** Drags a layer from the palette to a place on the canvas. */
async function drag(page: Page, type: string, x: number, y: number): Promise<void> {
  await page.getByTestId(`palette-${type}`).dragTo(page.getByTestId('canvas'), { targetPosition: { x, y } })
}

/** Draws a connection from the lower handle of one node to the upper handle of another. */
async function connect(page: Page, from: string, to: string): Promise<void> {
  const start = await center(node(page, from).locator('.source'))
  const end = await center(node(page, to).locator('.target'))
  await page.mouse.move(start.x, start.y)
  await page.mouse.down()
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 })
  await page.mouse.move(end.x, end.y, { steps: 4 })
  await page.mouse.up()
}

async function documentOf(page: Page): Promise<{ model: { nodes: { id: string; type: string }[]; edges?: [string, string][] }; view?: { nodes?: Record<string, [number, number]> }; dataset: Record<string, unknown>; training: Record<string, unknown> }> {
  await page.getByTestId('view-json').click()
  const text = await page.getByTestId('json-text').inputValue()
  await page.getByTestId('view-canvas').click()
  return JSON.parse(text) as Awaited<ReturnType<typeof documentOf>>
}

test('the sample experiment stands on the canvas, and its options are edited in the inspector', async ({ page }) => {
  await expect(node(page, 'hidden')).toContainText('64 units')
  await expect(page.getByTestId('total-parameters')).toHaveText('4810')
  await node(page, 'hidden').click()
  await field(page, 'units').locator('input').fill('32')
  await expect(node(page, 'hidden')).toContainText('32 units')
  await expect(page.getByTestId('node-parameters')).toHaveText('2080')
  await expect(node(page, 'output')).toContainText('330')
  await field(page, 'activation').locator('select').selectOption('elu')
  await field(page, 'alpha').locator('input').fill('0.5')
  const { model } = await documentOf(page)
  expect(model.nodes[1]).toEqual({ id: 'hidden', type: 'dense', units: 32, activation: { type: 'elu', alpha: 0.5 } })
  // The document keeps its short form: a chain without written edges.
  expect(model.edges).toBeUndefined()
})

test('a CNN by drag and drop from an empty canvas', async ({ page }) => {
  await newExperiment(page)
  const layers = ['input', 'reshape', 'conv2d', 'maxPooling2d', 'flatten', 'dense']
  for (const [index, type] of layers.entries()) await drag(page, type, 150 + 230 * Math.floor(index / 3), 90 + 170 * (index % 3))
  await expect(page.locator('.vue-flow__node')).toHaveCount(6)
  await expect(page.getByTestId('issues-toggle')).toBeVisible()

  const ids = ['input', 'reshape1', 'conv2d1', 'maxPooling2d1', 'flatten1', 'dense1']
  for (const [index, id] of ids.slice(1).entries()) await connect(page, ids[index], id)
  await expect(page.locator('.vue-flow__edge')).toHaveCount(5)

  await node(page, 'reshape1').click()
  await field(page, 'shape').locator('input').fill('1, 8, 8')
  await field(page, 'shape').locator('input').press('Tab')
  await node(page, 'dense1').click()
  await field(page, 'units').locator('input').fill('10')
  await field(page, 'activation').locator('select').selectOption('softmax')

  await expect(page.getByText('No issues')).toBeVisible()
  await expect(node(page, 'conv2d1')).toContainText('16×8×8')
  await expect(node(page, 'dense1')).toContainText('2570 par.')
  await expect(page.getByTestId('train-button')).toBeEnabled()
  const { model, view } = await documentOf(page)
  expect(model.edges).toEqual(ids.slice(1).map((id, index) => [ids[index], id]))
  expect(Object.keys(view?.nodes ?? {})).toEqual(ids)
})

async function addByKeyboard(page: Page, type: string, id: string): Promise<void> {
  await page.keyboard.press('a')
  await pick(page, type)
  await expect(node(page, id)).toBeFocused()
}

/** Takes an entry of the list that a key opened. */
async function pick(page: Page, entry: string): Promise<void> {
  await expect(page.getByTestId('picker').getByRole('combobox')).toBeFocused()
  await page.keyboard.type(entry)
  await page.keyboard.press('Enter')
}

test('a residual CNN with the keyboard only', async ({ page }) => {
  await expect(node(page, 'hidden')).toBeVisible()
  await tabTo(page, page.getByTestId('file-menu'))
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('file-new')).toBeVisible()
  await expect(page.getByTestId('file-new')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Drag a layer here')).toBeVisible()
  await tabTo(page, page.getByTestId('canvas'))

  await addByKeyboard(page, 'input', 'input')
  await addByKeyboard(page, 'reshape', 'reshape1')
  await page.keyboard.press('Enter')
  await expect(field(page, 'shape').locator('input')).toBeFocused()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('1,8,8')
  await page.keyboard.press('Escape')
  await expect(node(page, 'reshape1')).toBeFocused()
  await expect(node(page, 'reshape1')).toContainText('1×8×8')

  await addByKeyboard(page, 'conv2d', 'conv2d1')
  await addByKeyboard(page, 'conv2d', 'conv2d2')
  await addByKeyboard(page, 'add', 'add1')
  await expect(page.getByTestId('node-issue-add1')).toHaveAttribute('title', /1 incoming/)
  await page.keyboard.press('ArrowUp')
  await expect(node(page, 'conv2d2')).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await expect(node(page, 'conv2d1')).toBeFocused()
  await page.keyboard.press('c')
  await pick(page, 'add1')
  await expect(page.getByTestId('announcement')).toHaveText('conv2d1 connected to add1')
  await expect(page.getByTestId('node-issue-add1')).not.toHaveAttribute('title', /incoming/)

  await expect(node(page, 'conv2d1')).toBeFocused()
  for (let presses = 0; presses < 2 && !(await node(page, 'add1').evaluate((element) => element === document.activeElement)); presses++) {
    await page.keyboard.press('ArrowDown')
    await expect(node(page, 'conv2d1')).not.toBeFocused()
  }
  await expect(node(page, 'add1')).toBeFocused()
  await addByKeyboard(page, 'flatten', 'flatten1')
  await addByKeyboard(page, 'dense', 'dense1')
  await page.keyboard.press('Enter')
  await expect(field(page, 'units').locator('input')).toBeFocused()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('10')
  await tabTo(page, field(page, 'activation').locator('select'))
  await arrowTo(page, field(page, 'activation').locator('select').first(), 'softmax')
  await page.keyboard.press('Escape')

  await expect(page.getByText('No issues')).toBeVisible()
  await expect(page.getByTestId('train-button')).toBeEnabled()

  // Moved by Shift and arrows, then all of it undone and done again.
  const before = await node(page, 'dense1').boundingBox()
  await page.keyboard.press('Shift+ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await expect.poll(async () => (await node(page, 'dense1').boundingBox())?.x ?? 0).toBeGreaterThan((before?.x ?? 0) + 5)
  for (let presses = 0; presses < 30 && (await page.locator('.vue-flow__node').count()) > 0; presses++) await page.keyboard.press('Control+Z')
  await expect(page.locator('.vue-flow__node')).toHaveCount(0)
  await tabTo(page, page.getByTestId('redo'))
  for (let presses = 0; presses < 30 && (await page.getByTestId('redo').isEnabled()); presses++) await page.keyboard.press('Control+Y')
  await expect(page.locator('.vue-flow__node')).toHaveCount(7)
  await expect(page.getByText('No issues')).toBeVisible()
})

test('an issue stands at the node and its field, and the list leads there', async ({ page }) => {
  await node(page, 'hidden').click()
  await field(page, 'units').locator('input').fill('0')
  await expect(field(page, 'units')).toContainText('must be ≥ 1')
  await expect(page.getByTestId('node-issue-hidden')).toBeVisible()
  await expect(page.getByTestId('train-button')).toBeDisabled()
  await page.locator('.vue-flow__pane').click({ position: { x: 20, y: 20 } })
  await expect(page.getByTestId('total-parameters')).toBeVisible()
  await page.getByTestId('issue-0').click()
  await expect(field(page, 'units').locator('input')).toBeFocused()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('48')
  await expect(page.getByText('No issues')).toBeVisible()

  // A layer in the wrong place: the node says it, the list leads to the node.
  await page.keyboard.press('Escape')
  await page.keyboard.press('a')
  await pick(page, 'max pooling 2D')
  await expect(page.getByTestId('node-issue-maxPooling2d1')).toBeVisible()
  await node(page, 'input').click()
  await page.getByTestId('issue-0').click()
  await expect(node(page, 'maxPooling2d1')).toBeFocused()
  await expect(node(page, 'maxPooling2d1').locator('.callout')).toContainText('takes images')
})

test('select, copy, paste, duplicate, delete, drag a group; one undo each', async ({ page }) => {
  const count = (expected: number) => expect(page.locator('.vue-flow__node')).toHaveCount(expected)
  await settled(page)
  await node(page, 'hidden').click()
  await page.keyboard.press('Control+C')
  await page.keyboard.press('Control+V')
  await expect(node(page, 'hidden1')).toBeVisible()
  await page.keyboard.press('Control+D')
  await count(5)
  await page.keyboard.press('Control+Z')
  await page.keyboard.press('Control+Z')
  await count(3)

  await node(page, 'hidden').click()
  await node(page, 'output').click({ modifiers: ['Shift'] })
  await expect(page.getByTestId('inspector')).toContainText('2 layers selected')
  const [from, other] = [await center(node(page, 'hidden')), await center(node(page, 'output'))]
  await page.mouse.move(from.x, from.y)
  await page.mouse.down()
  await page.mouse.move(from.x + 120, from.y + 40, { steps: 8 })
  await page.mouse.up()
  await expect.poll(async () => (await center(node(page, 'output'))).x - other.x).toBeGreaterThan(60)
  await page.keyboard.press('Control+Z')
  await expect.poll(async () => Math.abs((await center(node(page, 'output'))).x - other.x)).toBeLessThan(2)

  await node(page, 'hidden').click()
  await page.keyboard.press('Delete')
  await count(2)
  await expect(page.locator('.vue-flow__edge')).toHaveCount(1)
  await page.keyboard.press('Control+Z')
  await count(3)

  const pane = page.locator('.vue-flow__pane')
  const box = await pane.boundingBox()
  if (box === null) throw new Error('no canvas')
  await page.keyboard.down('Shift')
  await page.mouse.move(box.x + 20, box.y + 20)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 20, box.y + box.height - 60, { steps: 6 })
  await page.mouse.up()
  await page.keyboard.up('Shift')
  await expect(page.getByTestId('inspector')).toContainText('3 layers selected')
})

test('a layer dropped on a connection goes between; a connection is selected and removed', async ({ page }) => {
  await settled(page)
  const [above, below] = [await center(node(page, 'hidden')), await center(node(page, 'output'))]
  const canvas = await page.getByTestId('canvas').boundingBox()
  await drag(page, 'dropout', above.x - (canvas?.x ?? 0), (above.y + below.y) / 2 - (canvas?.y ?? 0))
  await expect(node(page, 'dropout1')).toBeVisible()
  await expect(page.getByText('No issues')).toBeVisible()
  const { model } = await documentOf(page)
  expect(model.edges).toEqual([['input', 'hidden'], ['hidden', 'dropout1'], ['dropout1', 'output']])

  const [first, second] = [await center(node(page, 'input')), await center(node(page, 'hidden'))]
  await page.mouse.click(first.x, (first.y + second.y) / 2)
  await expect(page.getByTestId('inspector')).toContainText('input → hidden')
  await page.getByRole('button', { name: 'Remove connection' }).click()
  await expect(page.locator('.vue-flow__edge')).toHaveCount(2)
  await expect(page.getByTestId('node-issue-input')).toBeVisible()
})

test('a template adapts to the data set and asks it for images', async ({ page }) => {
  await page.getByTestId('templates').click()
  await expect(page.getByTestId('template-linear-regression')).toContainText('needs values to predict')
  await page.getByTestId('template-lenet').click()
  await expect(node(page, 'conv1')).toContainText('6×8×8')
  await expect(page.getByText('No issues')).toBeVisible()
  const { dataset, training } = await documentOf(page)
  expect(dataset).toMatchObject({ type: 'digits', shape: 'image' })
  expect(training).toMatchObject({ loss: 'categoricalCrossentropy', optimizer: { type: 'adam', learningRate: 0.002 } })
  await page.getByTestId('undo').click()
  await expect(node(page, 'hidden')).toBeVisible()
})

test('examples are listed by kind, and open by keys', async ({ page }) => {
  await page.getByTestId('examples').click()
  await expect(page.getByRole('menu').getByRole('group')).toHaveCount(4)
  await expect(page.getByRole('group', { name: 'Text' }).getByRole('menuitem')).toHaveCount(3)
  await expect(page.getByRole('menu')).toBeFocused()
  for (let presses = 0; presses < 5; presses++) await page.keyboard.press('ArrowDown')
  await expect(page.getByTestId('example-linear-regression')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByTestId('experiment-tab').last()).toHaveText('linear-regression')
})

test('JSON: pasted text is the document, mistakes name their line, all of it is one undo', async ({ page }) => {
  await page.getByTestId('view-json').click()
  const area = page.getByTestId('json-text')
  const text = await area.inputValue()
  await area.fill(text.replace('"units": 64', '"units": 0'))
  await expect(page.getByTestId('json-notes')).toContainText(/Line \d+.*must be ≥ 1/)
  await area.fill(text.replace('"units": 64,', '"units" 64,'))
  await expect(page.getByTestId('json-notes')).toContainText('Not valid JSON at line')
  await area.fill(text.replace('"id": "hidden"', '"id": "wide"').replace('"units": 64', '"units": 100'))
  await expect(page.getByTestId('json-notes')).toBeHidden()
  await page.getByTestId('view-canvas').click()
  await expect(node(page, 'wide')).toContainText('100 units')
  await page.getByTestId('undo').click()
  await expect(node(page, 'hidden')).toContainText('64 units')
  await expect(page.getByTestId('undo')).toBeDisabled()

  // A reload shows what was chosen and edited last.
  await page.getByTestId('redo').click()
  await page.getByTestId('view-json').click()
  await expect(area).toHaveValue(/"wide"/)
  await page.reload()
  await expect(page.getByTestId('json-text')).toHaveValue(/"wide"/)
})

test('the list: reorder by Alt and arrows and by drag, add, delete', async ({ page }) => {
  await page.getByTestId('view-list').click()
  const rows = page.locator('[data-row]')
  await page.getByTestId('row-hidden').click()
  await page.keyboard.press('a')
  await pick(page, 'dropout')
  await expect(rows).toHaveCount(4)
  const order = () => rows.evaluateAll((all) => all.map((row) => row.getAttribute('data-row')))
  await expect.poll(order).toEqual(['input', 'hidden', 'dropout1', 'output'])
  await expect(page.getByTestId('row-dropout1')).toBeFocused()
  await page.keyboard.press('Alt+ArrowUp')
  await expect.poll(order).toEqual(['input', 'dropout1', 'hidden', 'output'])
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(order).toEqual(['input', 'hidden', 'dropout1', 'output'])
  await page.getByTestId('row-dropout1').dragTo(page.getByTestId('row-input'))
  await expect.poll(order).toEqual(['input', 'dropout1', 'hidden', 'output'])
  await page.getByTestId('row-dropout1').click()
  await page.keyboard.press('Delete')
  await expect.poll(order).toEqual(['input', 'hidden', 'output'])
})

test('files: download, new, dropped in; what is no document is refused in words', async ({ page }) => {
  await expect(node(page, 'hidden')).toBeVisible()
  await page.getByTestId('file-menu').click()
  const downloading = page.waitForEvent('download')
  await page.getByTestId('file-save').click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('digits-mlp.descent.json')
  const text = readFileSync(await download.path(), 'utf8')
  expect(JSON.parse(text)).toMatchObject({ format: 1, name: 'digits-mlp' })

  const drop = async (name: string, content: string): Promise<void> => {
    await page.getByTestId('canvas').dispatchEvent('drop', { dataTransfer: await draggedFile(page, name, content) })
  }
  await drop('other.descent.json', text.replace('digits-mlp', 'dropped').replace('"hidden"', '"deep"'))
  await expect(page.getByTestId('experiment-tab').filter({ hasText: 'dropped' })).toHaveAttribute('aria-current', 'true')
  await expect(node(page, 'deep')).toBeVisible()
  await drop('notes.txt', 'not JSON')
  await expect(await heldNotice(page, '.el-message--warning')).toContainText('notes.txt is no experiment')
  await drop('package.json', '{ "name": "foreign" }')
  await expect(page.locator('.failed')).toContainText('package.json is not an experiment document')
  await expect(page.getByTestId('experiment-tab')).toHaveCount(2)
})

test('panes keep their sizes over a reload', async ({ page, dataDirectory }) => {
  const palette = page.getByRole('region', { name: 'Layers' })
  const width = async (): Promise<number> => (await palette.boundingBox())?.width ?? 0
  await settled(page)
  const before = await width()
  const splitter = await center(page.locator('.splitpanes__splitter').first())
  await page.mouse.move(splitter.x, splitter.y)
  await page.mouse.down()
  await page.mouse.move(splitter.x + 90, splitter.y, { steps: 6 })
  await page.mouse.up()
  await expect.poll(width).toBeGreaterThan(before + 60)
  await expect.poll(() => readFileSync(`${dataDirectory}/settings.json`, 'utf8')).toContain('build.panes')
  await motionEnds(page)
  const after = await width()
  await page.reload()
  await expect.poll(async () => Math.abs((await width()) - after)).toBeLessThan(4)
})

for (const theme of ['light', 'dark']) {
  test.describe(`in ${theme}`, () => {
    test.use({ settings: { 'tour.step': 99, theme } })

    test('axe finds nothing serious on canvas, list and JSON', async ({ page }) => {
      await node(page, 'hidden').click()
      await field(page, 'units').locator('input').fill('0')
      await expect(page.getByTestId('node-issue-hidden')).toBeVisible()
      for (const view of ['canvas', 'list', 'json']) {
        await page.getByTestId(`view-${view}`).click()
        await expect(page.getByTestId(view === 'list' ? 'list-view' : view === 'json' ? 'json-text' : 'canvas')).toBeVisible()
        await expectAccessible(page, '.build')
      }
    })
  })
}

test.describe('at 1024×700 in Chinese', () => {
  test.use({ settings: { 'tour.step': 99, language: 'zh-CN', theme: 'dark' }, viewport: { width: 1024, height: 700 } })

  test('nothing is clipped and no key is missing', async ({ page }) => {
    await node(page, 'hidden').click()
    await expect(field(page, 'units')).toContainText('单元数')
    await expect(page.locator('body')).not.toContainText(/build\.|form\./)
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight)).toBe(false)
  })
})
