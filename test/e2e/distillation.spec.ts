import { expect, test, type Page } from './fixture'

const dataset = { type: 'digits', shape: 'flat', preprocess: { features: { scale: 0.0625 } }, split: { train: 0.1, validation: 0.2, seed: 7 } }
const output = { type: 'dense', units: 10, activation: 'softmax' }
const layer = (units: number) => ({ type: 'dense', units, activation: 'relu' })
const training = { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: 'adam', batchSize: 32, epochs: 20 }
const teacher = { format: 1, name: 'large', seed: 1, dataset, model: { nodes: [layer(128), layer(128), output] }, training }
/** Its data is split otherwise than the teacher's. */
const student = { format: 1, name: 'small', seed: 4, dataset: { ...dataset, split: { train: 0.8, validation: 0.2 } }, model: { nodes: [layer(8), output] }, training: { ...training, epochs: 6 } }

const tab = (document: { readonly name: string }) => ({ id: document.name, text: JSON.stringify(document), file: null, savedText: null })
const opened = { 'workspace.json': JSON.stringify({ tabs: [tab(teacher), tab(student)], active: 'large' }) }

async function train(page: Page): Promise<void> {
  await page.getByTestId('room-train').click()
  await page.getByTestId('train-button').click()
  await expect(page.getByTestId('run-panel')).toHaveAttribute('data-status', 'done')
}

/** The row of a role, cell by cell, once everything was measured. */
async function compared(page: Page, role: string): Promise<readonly string[]> {
  await expect(page.getByTestId('distillation-gain')).toBeVisible()
  return await page.getByTestId(`compared-${role}`).getByRole('cell').allTextContents()
}

test.describe('distillation from a past run', () => {
  test.use({ dataFiles: opened })

  test('one action makes a run teach a student, and compares it with the same student alone', async ({ page }, testInfo) => {
    await page.getByTestId('tour-dismiss').click()
    await train(page)
    await page.getByTestId('room-runs').click()
    await page.getByTestId('runs-table').getByRole('button', { name: 'large', exact: true }).click()
    await page.getByTestId('distill-run').click()

    await expect(page.getByTestId('teacher')).toContainText(/large · 9\d\.\d%/)
    await page.getByTestId('student').selectOption('small')
    await page.getByTestId('distillation-seeds').getByRole('textbox').fill('2')
    await page.getByTestId('distill').click()
    const [taught, distilled, alone] = [await compared(page, 'teacher'), await compared(page, 'distilled'), await compared(page, 'alone')]
    // Runs, accuracy, parameters, bytes, samples a second.
    expect(taught).toEqual(['1', expect.stringMatching(/^9\d\.\d\d%$/), '26\u2009122', '102\u2009kB', expect.stringMatching(/^[1-9]/)])
    for (const row of [distilled, alone]) expect(row).toEqual(['2', expect.stringMatching(/^\d\d\.\d\d% ± \d/), '610', '2.38\u2009kB', expect.stringMatching(/^[1-9]/)])
    await expect(page.getByTestId('distillation-gain')).toHaveText(/^The teacher brings [+−]\d+\.\d\d ± \d+\.\d\d points \(same seeds, 2 pairs\)\.$/)
    await page.screenshot({ path: testInfo.outputPath('comparison.png') })

    // It is there again after a reload, and its runs can be looked at.
    await page.reload()
    expect(await compared(page, 'alone')).toEqual([...alone.slice(0, -1), expect.any(String)])
    await page.getByTestId('room-runs').click()
    await expect(page.getByTestId('runs-table')).toContainText('small distilled')
    await expect(page.getByTestId('runs-count')).toHaveText('5 of 5 runs')
  })

  test('in the training settings a teacher is found by typing; other data is refused and mended in place', async ({ page }, testInfo) => {
    await page.getByTestId('tour-dismiss').click()
    await train(page)
    await page.getByTestId('experiment-tab').filter({ hasText: 'small' }).click()
    const section = page.getByTestId('distillation')
    await section.locator('summary').click()
    await section.getByTestId('teacher').click()
    await page.keyboard.type('lar')
    const entry = page.getByRole('option', { name: /large/ })
    await expect(entry).toContainText('was trained on other data')
    await page.screenshot({ path: testInfo.outputPath('teachers.png') })
    await entry.click()
    // Its rows were split otherwise: nothing is trained before that is mended.
    await expect(section.getByTestId('issues')).toContainText('was trained on other data')
    await expect(page.getByTestId('train-button')).toBeDisabled()
    await section.getByTestId('take-data').click()
    await expect(section.getByTestId('issues')).toHaveCount(0)
    await expect(section.getByTestId('rule').locator('[data-field="alpha"]')).not.toHaveCount(0)
    await section.getByRole('textbox', { name: 'Temperature' }).fill('0')
    await expect(section).toContainText('must be > 0')
    await section.getByRole('textbox', { name: 'Temperature' }).fill('5')

    // A layer inside is matched, too: what cannot be matched cannot be chosen, and says why where it was.
    const feature = section.getByTestId('feature')
    await expect(feature.getByTestId('teacher-layer').locator('option')).toHaveText(['none: its answers alone', 'dense1 · [128]', 'dense2 · [128]', 'dense3 · [10]'])
    await feature.getByTestId('teacher-layer').selectOption('dense2')
    await expect(feature.getByTestId('student-layer').locator('option:checked')).toHaveText('dense1 · [8]')
    await expect(feature.getByTestId('rule').locator('[data-field="beta"]')).not.toHaveCount(0)
    await feature.getByTestId('field-matching').getByRole('combobox').selectOption('attention')
    await expect(feature.getByTestId('feature-issue')).toContainText('have no such places')
    await expect(page.getByTestId('train-button')).toBeDisabled()
    await feature.getByTestId('field-matching').getByRole('combobox').selectOption('hint')
    await expect(feature.getByTestId('feature-issue')).toHaveCount(0)
    await feature.getByRole('textbox', { name: 'Beta' }).fill('0.5')
    await feature.scrollIntoViewIfNeeded()
    await page.screenshot({ path: testInfo.outputPath('layers.png') })
    await train(page)
    await expect(page.getByTestId('run-panel')).toContainText('Matched layer')
    await page.getByTestId('run-panel').scrollIntoViewIfNeeded()
    await page.screenshot({ path: testInfo.outputPath('trained.png') })
    await section.getByTestId('compare-alone').click()
    await expect(page.getByTestId('teacher')).toContainText('large')
    await expect(page.getByTestId('student')).toHaveValue('small')
    // The Lab compares with the same layers.
    await expect(page.getByTestId('teacher-layer')).toHaveValue('dense2')
    await expect(page.getByTestId('student-layer')).toHaveValue('dense1')
    await expect(page.getByRole('textbox', { name: 'Beta' })).toHaveValue('0.5')
    await page.getByTestId('distillation-seeds').getByRole('textbox').fill('1')
    await page.getByTestId('distill').click()
    await compared(page, 'distilled')
    await page.screenshot({ path: testInfo.outputPath('lab.png') })
  })
})

test.describe('other teachers', () => {
  test.use({ dataFiles: opened })

  test('an ONNX file teaches: exported here, brought back by the page, and kept with the run', async ({ page }, testInfo) => {
    await page.getByTestId('tour-dismiss').click()
    await train(page)
    const downloading = page.waitForEvent('download')
    await page.getByTestId('export-as-onnx').click()
    const file = testInfo.outputPath('large.onnx')
    await (await downloading).saveAs(file)
    await page.getByTestId('experiment-tab').filter({ hasText: 'small' }).click()
    const section = page.getByTestId('distillation')
    await section.locator('summary').click()
    await section.locator('input[type=file]').setInputFiles(file)
    await expect(section.getByTestId('file-file')).toContainText('large.onnx')
    await train(page)
    await section.scrollIntoViewIfNeeded()
    await page.screenshot({ path: testInfo.outputPath('file.png') })

    // A tensor of the file is named by typing; the Lab compares with the file as teacher.
    await section.getByTestId('teacher-layer').fill('dense2')
    await section.getByTestId('teacher-layer').press('Tab')
    await expect(section.getByTestId('student-layer')).toHaveValue('dense1')
    await section.getByTestId('compare-alone').click()
    await expect(page.getByTestId('file-file')).toContainText('large.onnx')
    await expect(page.getByTestId('teacher-layer')).toHaveValue('dense2')
    await page.getByTestId('distillation-seeds').getByRole('textbox').fill('1')
    await page.getByTestId('distill').click()
    const [taught, distilled] = [await compared(page, 'teacher'), await compared(page, 'distilled')]
    expect(taught).toEqual(['1', expect.stringMatching(/^\d\d\.\d\d%$/), '26\u2009122', expect.stringMatching(/^10\d\u2009kB$/), expect.stringMatching(/^[1-9]/)])
    expect(distilled[2]).toBe('610')
    await page.screenshot({ path: testInfo.outputPath('file-compared.png') })
    await page.reload()
    await expect(page.getByTestId('distillation-gain')).toBeVisible()
    await expect(page.getByTestId('compared-teacher')).toContainText('26\u2009122')

    await page.getByTestId('room-train').click()
    await section.getByRole('button', { name: /take away/ }).click()
    await expect(section.locator('summary')).toContainText('none: learns from labels alone')
  })

  test('the lesson starts its comparison by one click', async ({ page }, testInfo) => {
    await page.getByTestId('tour-dismiss').click()
    await page.getByTestId('learn').click()
    await page.getByTestId('lesson-distillation').click()
    await page.getByTestId('room-train').click()
    await page.screenshot({ path: testInfo.outputPath('lesson.png') })
    await page.getByTestId('lesson-distill').click()
    await expect(page.getByTestId('student').locator('option:checked')).toHaveText('student: 32 units')
    await expect(page.getByTestId('teacher-tab').locator('option:checked')).toHaveText('teacher: convolutions')
    await expect(page.getByRole('textbox', { name: 'Temperature' })).toHaveValue('2')
    await page.getByTestId('distillation-seeds').getByRole('textbox').fill('1')
    await page.getByTestId('distill').click()
    await expect(page.getByTestId('distillation-gain')).toHaveText(/^The teacher brings \+\d/)
  })
})

test.describe('in Chinese, dark and narrow', () => {
  test.use({ dataFiles: opened, settings: { language: 'zh-CN', theme: 'dark' }, viewport: { width: 1024, height: 700 } })

  test('the palette opens it; an open experiment may teach, and is trained first', async ({ page }, testInfo) => {
    await page.getByTestId('tour-dismiss').click()
    await train(page)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('蒸馏')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('teacher')).toContainText('large')
    await page.getByTestId('teacher-tab').selectOption({ label: 'large' })
    await page.getByTestId('student').selectOption('small')
    await page.getByTestId('distillation-seeds').getByRole('textbox').fill('1')
    await page.getByTestId('distill').click()
    await expect(page.getByTestId('distillation-gain')).toHaveText(/^教师带来 [+−]\d+\.\d\d 个百分点。$/)
    await expect(page.getByTestId('compared-teacher')).toContainText('教师')
    await page.screenshot({ path: testInfo.outputPath('comparison.png') })

    await page.getByTestId('room-train').click()
    await page.getByTestId('experiment-tab').filter({ hasText: 'small' }).click()
    const section = page.getByTestId('distillation')
    await section.locator('summary').click()
    await section.getByTestId('teacher').click()
    await page.getByRole('option', { name: /large/ }).first().click()
    await expect(section.getByTestId('issues')).toContainText('使用了不同的数据')
    await section.getByTestId('take-data').click()
    await section.getByTestId('teacher-layer').selectOption('dense1')
    await section.getByTestId('field-matching').getByRole('combobox').selectOption('attention')
    await expect(section.getByTestId('feature-issue')).toContainText('没有位置')
    await section.scrollIntoViewIfNeeded()
    await page.screenshot({ path: testInfo.outputPath('settings.png') })

    // From the palette a file may teach.
    await page.keyboard.press('Control+k')
    await page.keyboard.type('ONNX 文件蒸馏')
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('teacher-tab').locator('option:checked')).toHaveText('ONNX 文件')
    await expect(page.getByTestId('distill')).toBeDisabled()
    await page.screenshot({ path: testInfo.outputPath('file.png') })
  })
})
