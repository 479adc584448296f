import { describe, expect, it } from 'vitest'
import type { DatasetPreview } from '@shared/protocol/contract'
import type { RunView } from '@shared/protocol/views'
import { accuracyText, comparisonOf, gainText } from '@renderer/views/lab/distillation/comparison'
import { isTrainedClassifier, TeacherCheck } from '@renderer/views/distillation/teachers'
import { document } from '@test/helpers/core'

const experiment = (changes: object = {}) =>
  document({ format: 1, name: 'n', seed: 1, dataset: { type: 'digits' }, model: { nodes: [{ type: 'dense', units: 10, activation: 'softmax' }] }, training: { loss: 'categoricalCrossentropy', optimizer: 'adam' }, ...changes })
// What the check reads of a preview.
const summary = { sampleShape: [64], target: { kind: 'class', classes: 10, classNames: Array.from({ length: 10 }, String) }, contentHash: 'rows' } as unknown as DatasetPreview['summary']
const last = (value: number) => ({ 'val.accuracy': { last: value } })

function run(id: string, changes: object = {}): RunView {
  return { id, name: id, steps: 10, seed: 1, documentHash: id, datasetHash: 'rows', metrics: last(0.5), document: experiment(), ...changes } as unknown as RunView
}

describe('who can teach', () => {
  it('is listed first, the best on top, and the others with the reason', () => {
    const runs = [
      run('untrained', { steps: 0, metrics: {} }),
      run('otherRows', { datasetHash: 'x', metrics: last(0.99) }),
      run('good'),
      run('better', { metrics: last(0.9) }),
      run('otherSplit', { document: experiment({ seed: 2 }), seed: 2 }),
      run('values', { document: experiment({ model: { nodes: [{ type: 'dense', units: 1 }] } }) }),
    ]
    const found = new TeacherCheck(experiment(), summary).candidates(runs)
    expect(found.slice(0, 2).map(({ run: { id }, issue }) => [id, issue])).toEqual([['better', null], ['good', null]])
    expect(Object.fromEntries(found.slice(2).map(({ run: { id }, issue }) => [id, issue?.code]))).toEqual({
      otherRows: 'training-teacher-data',
      otherSplit: 'training-teacher-data',
      values: 'training-teacher-unfit',
      untrained: 'training-teacher-untrained',
    })
    expect(found.every(({ run: { id }, issue }) => issue === null || issue.args.run === id)).toBe(true)
  })

  it('of the same document and seed, every run has an issue of its own', () => {
    const bad = { document: experiment({ model: { nodes: [{ type: 'dense', units: 1 }] } }), documentHash: 'same' }
    const found = new TeacherCheck(experiment(), summary).candidates([run('a', bad), run('b', bad)])
    expect(found.map(({ issue }) => issue?.args.run)).toEqual(['a', 'b'])
  })

  it('in the Lab, trained classifiers are offered whatever their data', () => {
    expect(isTrainedClassifier(run('a', { datasetHash: 'x' }))).toBe(true)
    expect(isTrainedClassifier(run('a', { steps: 0 }))).toBe(false)
    expect(isTrainedClassifier(run('a', { document: experiment({ training: { loss: 'meanSquaredError', optimizer: 'adam' } }) }))).toBe(false)
  })
})

it('while runs train, the table shows what they tell so far', () => {
  const runs = new Map([run('t'), run('d', { metrics: last(0.75), seed: 4 }), run('a', { metrics: {}, seed: 4 })].map((each) => [each.id, each]))
  const { rows, gain } = comparisonOf({ teacher: ['t'], distilled: ['d'], alone: ['a'] }, null, runs)
  expect(rows.map(({ accuracy, parameters }) => [accuracy, parameters])).toEqual([[0.5, null], [0.75, null], [null, null]])
  expect(gain).toBeNull()
  expect(rows.map(accuracyText)).toEqual(['50.00%', '75.00%', '–'])
  expect(gainText({ pairs: 2, mean: -0.0125, deviation: 0.004 })).toBe('−1.25 ± 0.40')
})
