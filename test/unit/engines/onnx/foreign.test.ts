import { create, fromBinary, toBinary } from '@bufbuild/protobuf'
import { describe, expect, it } from 'vitest'
import { answerRows, type ForeignRows } from '@main/engines/onnx/foreign/answer'
import { parametersOf } from '@main/engines/onnx/foreign/inspect'
import { encodeModel, float, OnnxGraph } from '@main/engines/onnx/model'
import { FunctionProtoSchema, GraphProtoSchema, ModelProtoSchema, NodeProtoSchema, StringStringEntryProtoSchema, TensorProto_DataLocation, TensorProto_DataType, TensorProtoSchema, type GraphProto, type ModelProto } from '@main/engines/onnx/model/schema/onnx_pb'
import { IssueError } from '@shared/spec/issue'

/** Scores of three classes: features times 2 and one more, of samples `[1, 3]`. */
function graphOf({ batch = 'batch', last = 'none', flat = false }: { readonly batch?: number | string; readonly last?: 'none' | 'softmax' | 'logSoftmax' | 'probabilities'; readonly flat?: boolean } = {}): OnnxGraph {
  const graph = new OnnxGraph('hand')
  const features = graph.input('x', 'float32', flat ? [batch, 3] : [batch, 1, 3])
  const rows = flat ? features : graph.node('Flatten', [features], { axis: 1 })
  const scaled = graph.node('Mul', [rows, graph.constant('float32', [2, 2, 2], [3])])
  const scores = graph.node('Add', [scaled, graph.constant('float32', [0, 0, 1], [3])])
  const exponential = graph.node('Exp', [scores])
  const output = {
    none: () => scores,
    softmax: () => graph.node('Softmax', [scores], { axis: -1 }),
    logSoftmax: () => graph.node('LogSoftmax', [scores], { axis: -1 }),
    // Without the operator: told by the values.
    probabilities: () => graph.node('Div', [exponential, graph.node('ReduceSum', [exponential, graph.constant('int64', [1], [1])], { keepdims: 1 })]),
  }[last]()
  graph.output(output, 'float32', [batch, 3], 'y')
  return graph
}

const FEATURES = Float32Array.from([1, 2, 3, -1, 0, 1, 0.5, 0.5, 0.5, 4, -4, 0, 9, 8, 7])
const SCORES = [2, 4, 7, -2, 0, 3, 1, 1, 2, 8, -8, 1, 18, 16, 15]

function rowsOf(bytes: Uint8Array, changes: Partial<ForeignRows> = {}): ForeignRows {
  return { bytes, features: FEATURES, rows: 5, threads: 1, sample: [1, 3], classes: 3, path: ['teacher'], layerPath: ['layer'], file: 'hand.onnx', ...changes }
}

const softmax = (row: readonly number[]): number[] => {
  const exponentials = row.map((value) => Math.exp(value - Math.max(...row)))
  return exponentials.map((value) => value / exponentials.reduce((sum, each) => sum + each))
}
const inRows = (values: ArrayLike<number>): number[][] => Array.from({ length: values.length / 3 }, (_, row) => [0, 1, 2].map((at) => values[3 * row + at]))

async function codeOf(bytes: Uint8Array, changes: Partial<ForeignRows> = {}): Promise<string> {
  try {
    await answerRows(rowsOf(bytes, changes))
    return 'answered'
  } catch (error) {
    if (!(error instanceof IssueError)) throw error
    expect(error.issues[0].args.file).toBe('hand.onnx')
    return error.issues[0].code
  }
}

/** The model with something changed in its protocol buffer. */
function changed(change: (graph: GraphProto, model: ModelProto) => void): Uint8Array {
  const model = fromBinary(ModelProtoSchema, encodeModel(graphOf()))
  if (model.graph === undefined) throw new Error('no graph')
  change(model.graph, model)
  return toBinary(ModelProtoSchema, model)
}

describe('scores of an ONNX file', () => {
  it.each([
    ['scores as they are', {}],
    ['a final softmax taken off', { last: 'softmax' }],
    ['flat rows', { flat: true }],
    ['three rows at a time, the last batch filled up', { batch: 3 }],
    ['one row at a time, with softmax', { batch: 1, last: 'softmax' }],
  ] as const)('%s', async (_name, options) => {
    expect([...(await answerRows(rowsOf(encodeModel(graphOf(options))))).scores]).toEqual(SCORES)
  })

  it.each(['logSoftmax', 'probabilities'] as const)('%s: the same after a softmax', async (last) => {
    const found = inRows((await answerRows(rowsOf(encodeModel(graphOf({ last }))))).scores)
    found.forEach((row, at) => softmax(row).forEach((value, index) => expect(value).toBeCloseTo(softmax(inRows(SCORES)[at])[index], 6)))
  })
})

describe('a tensor inside that is asked for too', () => {
  const inner = (batch: number | string = 'batch', last: 'scores' | 'softmax' = 'scores'): Uint8Array => {
    const graph = new OnnxGraph('hand')
    const rows = graph.node('Flatten', [graph.input('x', 'float32', [batch, 1, 3])], { axis: 1 }, { outputs: ['/body/flat'] })
    const tripled = graph.node('Mul', [rows, graph.constant('float32', [3, 3, 3], [3])], {}, { outputs: ['body/tripled'] })
    graph.node('ReduceSum', [tripled, graph.constant('int64', [0, 1], [2])], { keepdims: 0 }, { outputs: ['sum'] })
    graph.node('ArgMax', [tripled], { axis: 1 }, { outputs: ['best'] })
    const scores = graph.node('Add', [tripled, graph.constant('float32', [0, 0, 1], [3])], {}, { outputs: ['scores'] })
    graph.output(last === 'scores' ? scores : graph.node('Softmax', [scores], { axis: -1 }), 'float32', [batch, 3])
    return encodeModel(graph)
  }

  it.each([
    ['any number of rows at once', 'batch', 'body/tripled'],
    ['two at once, the last batch filled up', 2, 'body/tripled'],
    ['the last under a layer’s name', 'batch', 'body'],
  ] as const)('comes for every row: %s', async (_name, batch, layer) => {
    const { scores, feature } = await answerRows(rowsOf(inner(batch), { layer }))
    expect(feature).toEqual({ shape: [3], data: FEATURES.map((value) => 3 * value) })
    expect([...scores]).toEqual([...FEATURES].map((value, index) => 3 * value + (index % 3 === 2 ? 1 : 0)))
  })

  it('may be the scores themselves', async () => {
    const { scores, feature } = await answerRows(rowsOf(inner('batch', 'softmax'), { layer: 'scores' }))
    expect(feature?.data).toEqual(scores)
  })

  it.each(['gone', 'x', 'sum', 'best'])('%s is refused: no numbers for every row', async (layer) => {
    expect(await codeOf(inner(), { layer })).toMatch(/^teacher-onnx-(feature|unreadable)$/)
  })

  it('those that are there are named', async () => {
    await expect(answerRows(rowsOf(inner(), { layer: 'gone' }))).rejects.toMatchObject({ issues: [{ code: 'teacher-onnx-feature', args: { tensor: 'gone', known: '/body/flat, body/tripled, sum, best, scores' } }] })
  })
})

it('counts the numbers among the weights', () => {
  expect(parametersOf(encodeModel(graphOf()))).toBe(6)
})

describe('what cannot teach is refused', () => {
  it.each([
    ['another input', 'teacher-onnx-input', () => encodeModel(graphOf()), { sample: [2, 2], features: new Float32Array(20) }],
    ['other classes', 'teacher-onnx-output', () => encodeModel(graphOf()), { classes: 4 }],
    ['no protocol buffer', 'teacher-onnx-unreadable', () => Uint8Array.from([1, 2, 3, 255, 255, 255]), {}],
    ['an empty model', 'teacher-onnx-unreadable', () => toBinary(ModelProtoSchema, create(ModelProtoSchema)), {}],
    ['an unknown operator', 'teacher-onnx-unreadable', () => changed((graph) => (graph.node[1].opType = 'Nonsense')), {}],
    ['an operator of another domain', 'teacher-onnx-unsupported', () => changed((graph) => (graph.node[1].domain = 'evil')), {}],
    ['random answers', 'teacher-onnx-unsupported', () => changed((graph) => (graph.node[1].opType = 'RandomNormalLike')), {}],
    ['a branch', 'teacher-onnx-unsupported', () => changed((graph) => graph.node[0].attribute.push({ ...graph.node[0].attribute[0], name: 'body', g: create(GraphProtoSchema) })), {}],
    ['functions', 'teacher-onnx-unsupported', () => changed((_graph, model) => model.functions.push(create(FunctionProtoSchema, { name: 'f' }))), {}],
    ['two inputs', 'teacher-onnx-input', () => changed((graph) => graph.input.push({ ...graph.input[0], name: 'other' })), {}],
  ] as const)('%s', async (_name, code, bytes, changes) => {
    expect(await codeOf(bytes(), changes)).toBe(code)
  })

  it('weights in other files are not opened', async () => {
    const located = changed((graph) => (graph.initializer[0].dataLocation = TensorProto_DataLocation.EXTERNAL))
    const named = changed((graph) => graph.initializer[0].externalData.push(create(StringStringEntryProtoSchema, { key: 'location', value: '/etc/passwd' })))
    for (const bytes of [located, named]) expect(await codeOf(bytes)).toBe('teacher-onnx-external')
    // Also in a Constant.
    const constant = create(NodeProtoSchema, { opType: 'Constant', output: ['c'], attribute: [{ name: 'value', t: create(TensorProtoSchema, { dataLocation: TensorProto_DataLocation.EXTERNAL, dataType: TensorProto_DataType.FLOAT, dims: [1n] }) }] })
    expect(await codeOf(changed((graph) => graph.node.unshift(constant)))).toBe('teacher-onnx-external')
  })

  it('absurd sizes are refused before anything is allocated', async () => {
    expect(await codeOf(changed((graph) => (graph.initializer[0].dims = [1n << 40n])))).toBe('teacher-onnx-absurd')
    expect(await codeOf(changed((graph) => (graph.initializer[0].dims = [-5n])))).toBe('teacher-onnx-absurd')
    const bomb = graphOf()
    const huge = bomb.node('ConstantOfShape', [bomb.constant('int64', [1 << 20, 1 << 20], [2])])
    bomb.node('ReduceMax', [huge], { keepdims: 0, axes: [0, 1] })
    expect(await codeOf(encodeModel(bomb))).toBe('teacher-onnx-absurd')
  })

  it('answers that are no numbers', async () => {
    const graph = new OnnxGraph('nan')
    const x = graph.input('x', 'float32', ['batch', 3])
    graph.output(graph.node('Log', [graph.node('Sub', [x, graph.constant('float32', [100, 100, 100], [3])])], { unused: float(0) }), 'float32', ['batch', 3], 'y')
    expect(await codeOf(encodeModel(graph))).toBe('teacher-onnx-unreadable')
  })

  it('files cut off or damaged anywhere', async () => {
    const whole = encodeModel(graphOf({ last: 'softmax' }))
    for (let length = 0; length < whole.length; length += 7) expect(await codeOf(whole.slice(0, length))).not.toBe('answered')
    for (let at = 0; at < whole.length; at += 5) {
      const damaged = whole.slice()
      damaged[at] ^= 0x55
      // A changed weight still answers; nothing crashes or comes out unsaid.
      expect(await codeOf(damaged)).toMatch(/^answered$|^teacher-onnx-/)
    }
  })
})
