import { describe, expect, it } from 'vitest'
import { decodeBase64 } from '@shared/lib/base64'
import { lossRegistry, lossSchema } from '@shared/catalog/losses'
import type { TrainingPlan } from '@shared/compile'
import type { DataPart, PreparedData } from '@shared/data/types'
import { pauseOf } from '@main/worker/snapshots'
import { answerOf, errorOf, readAnswers, truthOf } from '@main/worker/snapshots-answers'
import { encodePictures } from '@main/worker/snapshots-pictures'
import { GRID, planeGrid, planeSnapshot } from '@main/worker/snapshots-plane'

const classes = { kind: 'class', classes: 3, classNames: ['a', 'b', 'c'] } as const
const value = { kind: 'value', shape: [1], names: ['y'] } as const

function plan(outputs: number, target: TrainingPlan['data']['target'], loss: object | string = 'meanSquaredError'): TrainingPlan {
  const options = lossSchema.parse(loss)
  return { model: { outputShape: [outputs] }, data: { sample: [2], target }, loss: { definition: lossRegistry.get(options.type), options } } as unknown as TrainingPlan
}

function data(part: Partial<PreparedData>): PreparedData {
  return { targetPreprocessing: null, validation: null, test: null, ...part } as PreparedData
}

function rows(features: readonly number[], width: number): DataPart {
  return { rows: features.length / width, features: Float32Array.from(features), targets: new Int32Array(features.length / width), source: new Int32Array(features.length / width) }
}

describe('answers', () => {
  it('are probabilities, of logits too, unless the model gave probabilities already', () => {
    const softmax = { type: 'categoricalCrossentropy', fromLogits: true }
    const sigmoid = { type: 'binaryCrossentropy', fromLogits: true }
    const logits = readAnswers(plan(3, classes, softmax), data({}), Float32Array.of(0, Math.log(2), Math.log(5)), 'add')
    expect([...logits.values].map((each) => Number(each.toFixed(6)))).toEqual([0.125, 0.25, 0.625])
    expect(answerOf(logits, 0, true)).toEqual({ predicted: 2, certainty: 0.625 })
    const fused = readAnswers(plan(3, classes, softmax), data({}), Float32Array.of(0.5, 0.25, 0.25), 'softmax')
    expect([...fused.values]).toEqual([0.5, 0.25, 0.25])
    expect(readAnswers(plan(1, { kind: 'class', classes: 2, classNames: ['n', 'y'] }, sigmoid), data({}), Float32Array.of(0, -1000), 'add').values).toEqual(Float32Array.of(0.5, 0))
    // Each class for itself, as the loss and the metrics see them.
    expect(readAnswers(plan(3, classes, sigmoid), data({}), Float32Array.of(0, -1000, 1000), 'add').values).toEqual(Float32Array.of(0.5, 0, 1))
    expect(readAnswers(plan(3, classes, softmax), data({}), Float32Array.of(1, 1, 1), 'sigmoid').values).toEqual(new Float32Array(3).fill(1 / 3))
  })

  it('of one output say class 1 above one half, and how sure', () => {
    const answers = { outputs: 1, values: Float32Array.of(0.75, 0.125) }
    expect([answerOf(answers, 0, true), answerOf(answers, 1, true)]).toEqual([{ predicted: 1, certainty: 0.75 }, { predicted: 0, certainty: 0.875 }])
    expect([errorOf(answers, 0, 1, true), errorOf(answers, 0, 0, true), errorOf(answers, 1, 1, true)]).toEqual([0, 0.75, 0.875])
  })

  it('of values are in the data’s own unit', () => {
    const scaled = data({ target: value, targetPreprocessing: { shift: [100], scale: [0.5] } })
    const answers = readAnswers(plan(1, value), scaled, Float32Array.of(-1, 3), 'add')
    expect([...answers.values]).toEqual([98, 106])
    expect(truthOf(scaled, Float32Array.of(0, 2), 1)).toBe(104)
    expect(answerOf(answers, 1, false)).toEqual({ predicted: 106, certainty: null })
    expect(errorOf(answers, 1, 104, false)).toBe(2)
  })
})

describe('the grid', () => {
  it('covers all parts in raw values, given to the model as it takes them', () => {
    const preprocessing = { kind: 'columns', columns: [{ kind: 'numeric', name: 'u', fill: null, shift: 10, scale: 0.5 }, { kind: 'numeric', name: 'v', fill: null, shift: 0, scale: 1 }] } as const
    const grid = planeGrid(data({ sampleShape: [2], preprocessing, train: rows([-1, 0, 0, 4], 2), test: rows([1, 2], 2) }))
    // u: −1…1 scaled is 8…12 raw, and 8% more on each side.
    expect(grid?.x.map((end) => Number(end.toFixed(6)))).toEqual([7.68, 12.32])
    expect(grid?.y.map((end) => Number(end.toFixed(6)))).toEqual([-0.32, 4.32])
    expect(grid?.features[0]).toBeCloseTo((7.68 - 10) * 0.5, 5)
    expect(grid?.features[2 * GRID * GRID - 1]).toBeCloseTo(4.32, 5)
  })

  it('is absent for other data', () => {
    expect(planeGrid(data({ sampleShape: [3], preprocessing: { kind: 'dense', shape: [3], shift: [0], scale: [1] }, train: rows([1, 2, 3], 3) }))).toBeNull()
    expect(planeGrid(data({ sampleShape: [2], preprocessing: { kind: 'columns', columns: [{ kind: 'oneHot', name: 'c', categories: ['x', 'y'] }] }, train: rows([1, 0], 2) }))).toBeNull()
  })

  it('rounds answers to bytes of their range, whatever they are', () => {
    const snapshot = planeSnapshot({ x: [0, 1], y: [0, 1], features: new Float32Array(0) }, { outputs: 1, values: Float32Array.of(-2, 0, 2, 99, -99, NaN) }, [-2, 2])
    expect([...decodeBase64(snapshot.data)]).toEqual([0, 128, 255, 255, 0, 0])
  })
})

describe('pictures', () => {
  it('are bytes between the darkest and the brightest value, large ones thinned out', () => {
    const part = rows([0, 1, 2, 3, 4, 5, 6, 8], 4)
    const small = encodePictures(part, [1, 0], [1, 2, 2], { kind: 'dense', shape: [4], shift: [0], scale: [1] })
    expect(small).toMatchObject({ shape: [1, 2, 2], count: 2 })
    expect([...decodeBase64(small.data)]).toEqual([4, 5, 6, 8, 0, 1, 2, 3].map((each) => Math.round((each * 255) / 8)))
    const large = encodePictures(rows(Array.from({ length: 100 * 130 }, (_, at) => at), 100 * 130), [0], [1, 100, 130], { kind: 'dense', shape: [1, 100, 130], shift: [0], scale: [1] })
    expect(large.shape).toEqual([1, 34, 44])
    expect(decodeBase64(large.data).length).toBe(34 * 44)
  })
})

describe('the pause between snapshots', () => {
  const progress = { seconds: 0.1, step: 100, totalSteps: 400, cost: 0.004, spent: 0.01 }

  it('leaves a short run a film of two dozen', () => expect(pauseOf(progress)).toBeCloseTo(0.4 / 24))
  it('is half a second in longer ones, and grows with them', () => {
    expect(pauseOf({ ...progress, totalSteps: 1e6 })).toBe(0.5)
    expect(pauseOf({ ...progress, seconds: 3600, step: 3600, totalSteps: 7200 })).toBe(36)
  })
  it('follows the cost where snapshots took their allowance', () => expect(pauseOf({ ...progress, cost: 0.1, spent: 0.3 })).toBeCloseTo(2))
  it('needs no step to have been made', () => expect(pauseOf({ ...progress, seconds: 0, step: 0 })).toBe(0))
})
