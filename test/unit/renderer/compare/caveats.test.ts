import { describe, expect, it } from 'vitest'
import { caveatsOf, isComparable } from '@renderer/views/compare/caveats'
import type { RunView } from '@shared/protocol/views'
import { document } from '@test/helpers/core'
import { runView } from './helpers'

interface Asked {
  readonly seed?: number
  readonly dataset?: object
  readonly loss?: string
  readonly datasetHash?: string
}

function run({ seed = 1, dataset = {}, loss = 'categoricalCrossentropy', datasetHash = 'rows' }: Asked = {}) {
  const written = { format: 1, name: 'n', seed, dataset: { type: 'digits', ...dataset }, model: { nodes: [{ type: 'dense', units: 10, activation: 'softmax' }] }, training: { loss, optimizer: 'adam' } }
  return runView(`run ${String(seed)}`, { seed, datasetHash, document: JSON.parse(JSON.stringify(document(written))) as RunView['document'] })
}

const alone = (...runs: ReturnType<typeof run>[]) => caveatsOf(runs.map((each) => ({ runs: [each] })))

describe('what keeps results from being compared', () => {
  it('is nothing where the data are the same', () => {
    expect(caveatsOf([])).toEqual([])
    expect(alone(run())).toEqual([])
    expect(alone(run(), run())).toEqual([])
  })

  it('is other data', () => {
    expect(alone(run(), run({ datasetHash: 'the file has changed' }))).toEqual(['otherData'])
    expect(alone(run({ dataset: { type: 'moons' } }), run({ dataset: { type: 'moons', noise: 0.4 } }))).toEqual(['otherData'])
  })

  it('is another split, or labels changed by noise; but not how features are scaled', () => {
    expect(alone(run(), run({ dataset: { split: { validation: 0.5 } } }))).toEqual(['otherSplit'])
    expect(alone(run(), run({ dataset: { preprocess: { labelNoise: 0.3 } } }))).toEqual(['otherSplit'])
    expect(alone(run(), run({ dataset: { preprocess: { features: 'standardize' } } }))).toEqual([])
  })

  it('is a split that every seed draws anew, unless all groups have the same seeds', () => {
    expect(alone(run({ seed: 1 }), run({ seed: 2 }))).toEqual(['splitBySeed'])
    expect(caveatsOf([{ runs: [run({ seed: 1 }), run({ seed: 2 })] }, { runs: [run({ seed: 2 }), run({ seed: 1 })] }])).toEqual([])
    expect(caveatsOf([{ runs: [run({ seed: 1 }), run({ seed: 2 })] }])).toEqual([])
    expect(caveatsOf([{ runs: [run({ seed: 1 }), run({ seed: 2 })] }, { runs: [run({ seed: 1 })] }])).toEqual(['splitBySeed'])
    const moons = { type: 'moons', split: { seed: 7 } }
    expect(alone(run({ seed: 1, dataset: moons, datasetHash: 'a' }), run({ seed: 2, dataset: moons, datasetHash: 'b' }))).toEqual(['splitBySeed'])
  })

  it('is none of these where the split has a seed of its own, or nothing is drawn', () => {
    const kept = { split: { seed: 7 } }
    expect(alone(run({ seed: 1, dataset: kept }), run({ seed: 2, dataset: kept }))).toEqual([])
    const inOrder = { split: { shuffle: false, stratified: false } }
    expect(alone(run({ seed: 1, dataset: inOrder }), run({ seed: 2, dataset: inOrder }))).toEqual([])
  })

  it('is another loss: then losses have no best, other metrics do', () => {
    const caveats = alone(run(), run({ loss: 'meanSquaredError' }))
    expect(caveats).toEqual(['otherLoss'])
    expect(['val.loss', 'val.accuracy'].map((key) => isComparable(key, caveats))).toEqual([false, true])
    expect(isComparable('val.accuracy', ['otherData'])).toBe(false)
    expect(isComparable('val.loss', ['otherSplit', 'splitBySeed'])).toBe(true)
  })

  it('is not told of runs whose data were not read yet', () => {
    expect(alone(run(), run({ dataset: { split: { validation: 0.5 } }, datasetHash: '' }))).toEqual([])
  })
})
