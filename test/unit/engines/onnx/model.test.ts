import { fromBinary } from '@bufbuild/protobuf'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { encodeModel, float, OnnxGraph } from '@main/engines/onnx/model'
import { ModelProtoSchema } from '@main/engines/onnx/model/schema/onnx_pb'

describe('a model', () => {
  test('runs, and keeps names, metadata and versions', async () => {
    const graph = new OnnxGraph('scale')
    const x = graph.input('x', 'float32', ['batch', 2])
    const weights = graph.initializer('layer.kernel', 'float32', Float32Array.of(1, 2, 3, 4), [2, 2])
    const product = graph.node('Gemm', [x, weights], { transB: 1, alpha: float(0.5) }, { label: 'layer' })
    graph.output(product, 'float32', ['batch', 2], 'y')
    const bytes = encodeModel(graph, { producerVersion: '1.2.3', doc: 'a test', metadata: { classes: '["a","b"]' } })

    const { irVersion, opsetImport, producerName, producerVersion, docString, metadataProps, graph: stored } = fromBinary(ModelProtoSchema, bytes)
    expect({ irVersion, producerName, producerVersion, docString }).toEqual({ irVersion: 8n, producerName: 'descent', producerVersion: '1.2.3', docString: 'a test' })
    expect(opsetImport.map(({ domain, version }) => [domain, version])).toEqual([['', 18n]])
    expect(metadataProps.map(({ key, value }) => [key, value])).toEqual([['classes', '["a","b"]']])
    expect(stored?.initializer.map(({ name, dims }) => [name, dims])).toEqual([['layer.kernel', [2n, 2n]]])

    const session = await InferenceSession.create(bytes)
    expect([session.inputNames, session.outputNames]).toEqual([['x'], ['y']])
    const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(1, 10, 2, 20), [2, 2]) })
    expect([Array.from(y.data as Float32Array), y.dims]).toEqual([[10.5, 21.5, 21, 43], [2, 2]])
    await session.release()
  })

  test('shares small constants by value, type and shape', () => {
    const graph = new OnnxGraph('constants')
    const first = graph.constant('float32', [1, 2], [2])
    expect(graph.constant('float32', Float32Array.of(1, 2), [2])).toBe(first)
    expect(graph.constant('int32', [1, 2], [2])).not.toBe(first)
    expect(graph.constant('float32', [1, 2], [1, 2])).not.toBe(first)
    expect(graph.constant('float32', [0], [])).not.toBe(graph.constant('float32', [-0], []))
    const large = new Float32Array(65)
    expect(graph.constant('float32', large, [65])).not.toBe(graph.constant('float32', large, [65]))
  })

  test('copies what may not be an output as it is: inputs, constants, and what is one already', async () => {
    const graph = new OnnxGraph('outputs')
    const x = graph.input('x', 'float32', [])
    const doubled = graph.node('Add', [x, x])
    const outputs = [x, graph.constant('float32', [7], []), doubled, doubled].map((value) => graph.output(value, 'float32', []))
    expect(new Set(outputs).size).toBe(4)
    expect(outputs[2]).toBe(doubled)
    const session = await InferenceSession.create(encodeModel(graph))
    const results = await session.run({ x: new Tensor('float32', Float32Array.of(4), []) })
    expect(outputs.map((name) => Number(results[name].data[0]))).toEqual([4, 7, 8, 8])
    await session.release()
  })

  test('refuses two values of one name, in subgraphs too, and data that does not fill its shape', () => {
    const graph = new OnnxGraph('outer')
    graph.input('x', 'float32', [])
    const body = new OnnxGraph('body', graph)
    expect(() => body.input('x', 'float32', [])).toThrow('x exists already')
    expect(() => graph.node('Neg', ['x'], {}, { outputs: ['x'] })).toThrow('x exists already')
    expect(() => graph.initializer('w', 'float32', new Float32Array(3), [2, 2])).toThrow('w: 3 elements for shape [2, 2]')
  })

  test('refuses a fraction where ONNX wants an integer', () => {
    expect(() => new OnnxGraph('g').node('Softmax', [], { axis: 0.5 })).toThrow(RangeError)
  })
})
