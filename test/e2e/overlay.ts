import { expect, type Page } from './fixture'

/** A small experiment: two optimizers, two seeds. */
function document(optimizer: string, learningRate: number, seed: number): object {
  return {
    format: 1,
    name: optimizer,
    seed,
    dataset: { type: 'digits', shape: 'flat', split: { train: 0.8, validation: 0.2, stratified: true } },
    model: {
      nodes: [
        { id: 'hidden', type: 'dense', units: 16, activation: 'relu' },
        { id: 'output', type: 'dense', units: 10, activation: 'softmax' },
      ],
    },
    training: { loss: 'categoricalCrossentropy', metrics: ['accuracy', 'confusionMatrix'], optimizer: { type: optimizer, learningRate }, batchSize: 32, epochs: 4 },
  }
}

const experiments = [document('adam', 0.003, 1), document('sgd', 0.1, 1), document('adam', 0.003, 2), document('sgd', 0.1, 2)]

/** A data directory's files with these four experiments open in tabs. */
export const fourExperiments = {
  'workspace.json': JSON.stringify({
    tabs: experiments.map((each, index) => ({ id: `tab-${String(index)}`, text: JSON.stringify(each), file: null, savedText: null })),
    active: 'tab-0',
  }),
}

/** Trains the experiment of every tab. Leaves the runs room open. */
export async function trainAll(page: Page): Promise<void> {
  await page.getByTestId('tour-dismiss').click()
  for (const index of experiments.keys()) {
    await page.getByTestId('experiment-tab').nth(index).click()
    await page.getByTestId('train-button').click()
    await page.getByTestId('room-runs').click()
    await expect(page.getByTestId('runs-table').getByText('done')).toHaveCount(index + 1)
  }
}

/** Marks all runs. */
export async function markAll(page: Page): Promise<void> {
  await page.getByTestId('mark-all').check()
}
