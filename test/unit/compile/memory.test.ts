import { describe, expect, it } from 'vitest'
import { buildPlan, estimateMemory, memoryIssue, outOfMemoryIssue, peakBytes, type MemoryNeed } from '@shared/compile'
import { Graph, add, mul, reduceSum, relu, reshape, scan, slice } from '@shared/graph'
import { formatIssue } from '@shared/locales/issues'
import { need, parseDocument } from '@shared/spec'
import { outOfMemory } from '@main/engines/out-of-memory'

const ROWS = { train: 1000, validation: 100, test: 0 }

function needOf(batchSize: number | 'full', optimizer: object = { type: 'adam' }, units = 50): MemoryNeed {
  const document = need(parseDocument({
    format: 1,
    dataset: { type: 'digits', shape: 'flat' },
    model: { nodes: [{ type: 'dense', units, activation: 'relu' }, { type: 'dense', units: 10, activation: 'softmax' }] },
    training: { loss: 'categoricalCrossentropy', optimizer, batchSize },
  }))
  const plan = need(buildPlan(document, { sample: [64], target: { kind: 'class', classes: 10, classNames: Array.from({ length: 10 }, (_, digit) => String(digit)) } }, ROWS.train))
  return { plan, batchSize, rows: ROWS }
}

const estimate = ({ plan, batchSize, rows }: MemoryNeed) => estimateMemory(plan, batchSize, rows)

describe('the memory estimate', () => {
  it('counts weights, slots and data exactly', () => {
    const parameters = 64 * 50 + 50 + 50 * 10 + 10
    expect(estimate(needOf(10))).toMatchObject({ weights: 2 * 4 * parameters, slots: 2 * 2 * 4 * parameters, data: 1100 * (64 * 4 + 4) })
    expect(estimate(needOf(10, { type: 'sgd' })).slots).toBe(0)
  })

  it('grows with the batch where activations do, and a full batch is one of all rows', () => {
    const [small, large] = [estimate(needOf(10)), estimate(needOf(100))]
    expect(large.activations).toBeGreaterThan(small.activations)
    expect(estimate(needOf(1000)).activations).toBeGreaterThan(5 * large.activations)
    expect({ ...large, activations: 0, total: 0 }).toEqual({ ...small, activations: 0, total: 0 })
    expect(estimate(needOf('full'))).toEqual(estimate(needOf(1000)))
  })

  it('adds up', () => {
    const { total, ...parts } = estimate(needOf(32))
    expect(total).toBe(Object.values(parts).reduce((sum, part) => sum + part))
  })
})

describe('the peak of a step', () => {
  it('holds of a recurrence what is used of its results', () => {
    const graph = new Graph()
    const state = graph.input('state', 'float32', [1000])
    const initial = slice(state, { starts: [0], sizes: [100] })
    const { outputs } = scan({ states: [initial], sequences: [reshape(state, [10, 100])] }, ({ states: [sum], sequences: [read] }) => ({ states: [add(sum, read)], outputs: [mul(sum, read), read] }))
    const program = {
      kind: 'train' as const,
      batchSize: 1,
      graph,
      state: [{ name: 'state', shape: [1000], views: [], tensor: state, next: null }],
      rows: [],
      steps: [],
      outputs: [{ name: 'sum', tensor: reduceSum(outputs[0], { axes: [0, 1], keepDims: false }) }],
    }
    expect(peakBytes(program)).toBe(4 * (1000 + 1))
  })

  it('holds a tensor from where it is made to its last use, beside the state', () => {
    const graph = new Graph()
    const state = graph.input('state', 'float32', [1000])
    // Three tensors in a row, of which two are alive at a time; the sum needs one and its result.
    const chain = relu(relu(relu(state)))
    const program = {
      kind: 'train' as const,
      batchSize: 1,
      graph,
      state: [{ name: 'state', shape: [1000], views: [], tensor: state, next: null }],
      rows: [],
      steps: [],
      outputs: [{ name: 'sum', tensor: reduceSum(chain, { axes: [0], keepDims: false }) }],
    }
    expect(peakBytes(program)).toBe(2 * 4000)
    // The first of them is needed again at the end: three at a time.
    const first = relu(state)
    const late = add(first, relu(mul(first, 2)))
    expect(peakBytes({ ...program, outputs: [{ name: 'late', tensor: late }] })).toBe(3 * 4000 + 4)
  })
})

describe('what does not fit', () => {
  it('is told with the largest batch that does', () => {
    const { total } = estimate(needOf(100))
    expect(memoryIssue(needOf(800), 1e12)).toBe(null)
    const found = memoryIssue(needOf(800), total)
    expect(found).toMatchObject({ code: 'run-memory-too-small', path: ['training', 'batchSize'], args: { batchSize: 800, smaller: 100 } })
    if (found === null) return
    expect(formatIssue(found, 'en')).toMatch(/needs? about 15\d MB of memory with batches of 800.*training\.batchSize to 100/)
  })

  it('is told of a model that fits with no batch', () => {
    expect(memoryIssue(needOf(800), 1e6)).toMatchObject({ code: 'run-model-too-large', path: ['model'] })
  })

  it('is told where an allocation failed, with half the batch', () => {
    const found = outOfMemoryIssue(needOf(640, { type: 'adam' }, 5000), 'onnx-cpu', 'nothing left')
    expect(found).toMatchObject({ code: 'run-out-of-memory', args: { device: 'onnx-cpu', batchSize: 640, smaller: 320, reason: 'nothing left' } })
  })

  it('is told where an allocation failed and the batch is not what is large', () => {
    expect(outOfMemoryIssue(needOf(1), 'onnx-cpu', '')).toMatchObject({ code: 'run-out-of-memory-model', path: ['model'] })
    expect(outOfMemoryIssue(needOf(64, { type: 'adam' }, 50_000), 'onnx-cpu', 'nothing left')).toMatchObject({ code: 'run-out-of-memory-model', args: { reason: 'nothing left', weights: '90 MB' } })
  })
})

describe('failed allocations', () => {
  it.each([
    ['Non-zero status code returned while running Mul node. Failed to allocate memory for requested buffer of size 144', 'Failed to allocate memory for requested buffer of size 144'],
    ['std::bad_alloc', 'std::bad_alloc'],
    ['Array buffer allocation failed', 'Array buffer allocation failed'],
    ['OOM when allocating tensor with shape[10,10] and type float on /device:GPU:0. Hint', 'OOM when allocating tensor with shape[10,10] and type float on /device:GPU:0'],
    ['CUDA failure 2: out of memory ; GPU=0', 'out of memory ; GPU=0'],
    ['VK_ERROR_OUT_OF_DEVICE_MEMORY', 'VK_ERROR_OUT_OF_DEVICE_MEMORY'],
  ])('are known by what libraries say: %s', (text, reason) => {
    expect(outOfMemory(new Error(text))).toBe(reason)
  })

  it('are nothing else', () => {
    expect(outOfMemory(new Error('row 7 of a table of 6'))).toBe(null)
  })
})
