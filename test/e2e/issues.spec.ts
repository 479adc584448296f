import { expect, test } from './fixture'

const document = {
  format: 1,
  name: 'wrong',
  dataset: { type: 'digits', shape: 'image' },
  model: { nodes: [{ id: 'maps', type: 'conv2d', filters: 4, kernelSize: 3 }, { id: 'output', type: 'dense', units: 10 }, { id: 'last', type: 'dense', units: 0 }] },
  training: { loss: 'categoricalCrossentropy', optimizer: { type: 'sgd', learningRate: -1 } },
}
test.use({
  settings: { 'tour.step': 9 },
  dataFiles: { 'workspace.json': JSON.stringify({ tabs: [{ id: 'wrong', text: JSON.stringify(document), file: null, savedText: null }], active: 'wrong' }) },
})

test('what the schema refuses is shown beside what does not fit in the model, each at its layer, and the data too', async ({ page }) => {
  const issues = page.getByTestId('issue-list')
  await expect(issues).toContainText('Put a flatten or globalAveragePooling2d layer before it')
  await expect(issues).toContainText('"units" is 0')
  await expect(issues).toContainText('"learningRate" is -1')
  await expect(page.getByTestId('node-issue-output')).toHaveAttribute('title', /takes vectors/)
  await expect(page.getByTestId('node-issue-last')).toHaveAttribute('title', /"units" is 0/)
  await expect(page.getByTestId('node-issue-maps')).toHaveCount(0)
  await expect(page.getByText('Memory in training (batches of 32)')).toBeVisible()
  await page.getByTestId('room-train').click()
  await expect(page.getByTestId('preview-pictures')).toBeVisible()
  await expect(page.getByTestId('train-button')).toBeDisabled()
})

test.describe('before the data has been read', () => {
  test.use({ dataFiles: {} })

  test('nothing is called free of issues, and no number whole', async ({ page, host }) => {
    const held: (() => void)[] = []
    await page.routeWebSocket(/\/rpc$/, (window) => {
      const server = window.connectToServer()
      window.onMessage((message) => {
        if (message.toString().includes('dataset.preview')) held.push(() => server.send(message))
        else server.send(message)
      })
    })
    await page.goto(host.url)
    await expect.poll(() => held.length).toBe(1)
    await expect(page.getByTestId('checking')).toBeVisible()
    await expect(page.getByTestId('no-issues')).toHaveCount(0)
    await expect(page.getByTestId('total-parameters')).toHaveText('≥ 0')
    for (const send of held) send()
    await expect(page.getByTestId('no-issues')).toBeVisible()
    await expect(page.getByTestId('checking')).toHaveCount(0)
    await expect(page.getByTestId('total-parameters')).toHaveText('4810')
  })
})
