import { fc } from '@test/helpers/property'
import { expect, test } from 'vitest'
import { layers } from '@shared/catalog/layers'
import { Graph, gradients, reduceSum, type Shape } from '@shared/graph'
import { layerOf, RecordingScope } from '@test/unit/catalog/lowering'

/** A node as written and the sample shapes that enter it; valid or not. */
interface Drawn {
  readonly node: Readonly<Record<string, unknown>>
  readonly inputs: readonly Shape[]
}

const extent = fc.integer({ min: 1, max: 9 })
const image = fc.tuple(fc.integer({ min: 1, max: 6 }), extent, extent).map((shape): Shape => shape)
const vector = fc.tuple(extent).map((shape): Shape => shape)
const anyShape = fc.oneof({ weight: 4, arbitrary: image }, { weight: 2, arbitrary: vector }, fc.tuple(extent, extent).map((shape): Shape => shape))
const window = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })))
const pad = fc.integer({ min: 0, max: 3 })
const padding = fc.oneof(fc.constantFrom('valid', 'same'), pad, fc.tuple(pad, pad), fc.tuple(pad, pad, pad, pad))
const activation = fc.constantFrom('linear', 'relu', 'leakyRelu', 'elu', 'selu', 'gelu', 'silu', 'softplus', 'sigmoid', 'tanh', 'softmax')
const small = fc.integer({ min: 1, max: 6 })
const steps = fc.integer({ min: 1, max: 3 })
const poolPadding1d = fc.oneof(fc.constantFrom('valid', 'same'), pad, fc.tuple(pad, pad))
const padding1d = fc.oneof(poolPadding1d, fc.constant('causal'))

/** Options by type; the layers that are missing here have none that bear on shapes. */
const optionsOf: Readonly<Record<string, fc.Arbitrary<object>>> = {
  dense: fc.record({ units: small, activation, useBias: fc.boolean() }),
  conv2d: fc.record(
    { filters: small, kernelSize: window, strides: window, padding, dilation: window, groups: fc.integer({ min: 1, max: 3 }), activation, useBias: fc.boolean() },
    { requiredKeys: ['filters'] },
  ),
  depthwiseConv2d: fc.record({ depthMultiplier: small, kernelSize: window, strides: window, padding, dilation: window, activation }, { requiredKeys: [] }),
  conv2dTranspose: fc.record({ filters: small, kernelSize: window, strides: window, padding: fc.constantFrom('valid', 'same'), activation, useBias: fc.boolean() }, { requiredKeys: ['filters'] }),
  maxPooling2d: fc.record({ poolSize: window, strides: window, padding }, { requiredKeys: [] }),
  averagePooling2d: fc.record({ poolSize: window, strides: window, padding, countIncludePad: fc.boolean() }, { requiredKeys: [] }),
  reshape: fc.record({ shape: fc.array(fc.oneof(small, fc.constant(-1)), { minLength: 1, maxLength: 4 }).filter((shape) => shape.filter((each) => each === -1).length < 2) }),
  activation: fc.record({ activation }),
  dropout: fc.record({ rate: fc.double({ min: 0, max: 0.99, noNaN: true }) }),
  batchNormalization: fc.record({ dialect: fc.constantFrom('keras', 'pytorch'), center: fc.boolean(), scale: fc.boolean() }),
  layerNormalization: fc.record({ over: fc.constantFrom('sample', 'channels', 'features'), center: fc.boolean(), scale: fc.boolean() }),
  groupNormalization: fc.record({ groups: fc.integer({ min: 1, max: 3 }), center: fc.boolean(), scale: fc.boolean() }),
  instanceNormalization: fc.record({ center: fc.boolean(), scale: fc.boolean() }),
  rmsNormalization: fc.record({ over: fc.constantFrom('sample', 'channels', 'features'), scale: fc.boolean() }),
  spatialDropout2d: fc.record({ rate: fc.double({ min: 0, max: 0.99, noNaN: true }) }),
  gaussianNoise: fc.record({ deviation: fc.double({ min: 0, max: 3, noNaN: true }) }),
  upsampling2d: fc.record({ size: window }),
  zeroPadding2d: fc.record({ padding: fc.oneof(pad, fc.tuple(pad, pad), fc.tuple(pad, pad, pad, pad)) }),
  conv1d: fc.record({ filters: small, kernelSize: steps, strides: steps, padding: padding1d, dilation: steps, groups: fc.integer({ min: 1, max: 3 }), activation, useBias: fc.boolean() }, { requiredKeys: ['filters'] }),
  maxPooling1d: fc.record({ poolSize: steps, strides: steps, padding: poolPadding1d }, { requiredKeys: [] }),
  averagePooling1d: fc.record({ poolSize: steps, strides: steps, padding: poolPadding1d, countIncludePad: fc.boolean() }, { requiredKeys: [] }),
  embedding: fc.record({ inputDim: small, outputDim: small }),
  positionalEncoding: fc.record({ kind: fc.constantFrom('sinusoidal', 'learned') }),
  simpleRnn: fc.record({ units: small, returnSequences: fc.boolean(), bidirectional: fc.boolean(), useBias: fc.boolean(), activation: fc.constantFrom('tanh', 'relu') }),
  lstm: fc.record({ units: small, returnSequences: fc.boolean(), bidirectional: fc.boolean(), useBias: fc.boolean() }),
  gru: fc.record({ units: small, returnSequences: fc.boolean(), bidirectional: fc.boolean(), useBias: fc.boolean(), resetAfter: fc.boolean() }),
  multiHeadAttention: fc.record({ heads: fc.integer({ min: 1, max: 3 }), headSize: small, causal: fc.boolean(), dropout: fc.constantFrom(0, 0.3), useBias: fc.boolean() }, { requiredKeys: ['heads'] }),
  concatenate: fc.record({ axis: fc.integer({ min: 0, max: 2 }) }),
}

/** Several shapes: all alike, or alike but for one axis. */
const several = fc
  .tuple(anyShape, fc.integer({ min: 2, max: 4 }), fc.option(fc.tuple(fc.nat(2), fc.array(extent, { minLength: 4, maxLength: 4 })), { nil: null }))
  .map(([shape, count, change]): readonly Shape[] =>
    Array.from({ length: count }, (_, index) => (change !== null && change[0] < shape.length ? shape.with(change[0], change[1][index]) : shape)),
  )

function drawn(type: string, most: number): fc.Arbitrary<Drawn> {
  const inputs = most > 1 ? several.map((shapes) => shapes.slice(0, most)) : anyShape.map((shape) => [shape])
  return fc.tuple(optionsOf[type] ?? fc.constant({}), inputs).map(([options, shapes]) => ({ node: { type, ...options }, inputs: shapes }))
}

const RUNS = 300

test.each(layers.filter(({ type }) => type !== 'input').map(({ type, arity }) => [type, arity[1]] as const))(
  '%s: a shape that is inferred is the shape that lowering gives, in training and evaluation, and has gradients',
  (type, most) => {
    let accepted = 0
    fc.assert(
      fc.property(drawn(type, most), fc.integer({ min: 1, max: 3 }), fc.boolean(), ({ node, inputs }, batch, training) => {
        const layer = layerOf(node)
        const inferred = layer.infer(...inputs)
        if ('problem' in inferred) return
        accepted++
        const graph = new Graph()
        const entering = inputs.map((shape, index) => graph.input(`x${index}`, 'float32', [batch, ...shape]))
        const scope = new RecordingScope(graph, training)
        const output = layer.lower(scope, entering)
        expect(output.shape).toEqual([batch, ...inferred.shape])
        expect(inferred.shape.every((each) => Number.isInteger(each) && each > 0)).toBe(true)
        const wanted = [...entering, ...scope.weights.values()]
        const found = gradients(reduceSum(output, { axes: output.shape.map((_, axis) => axis) }), wanted)
        expect(found.map(({ shape }) => shape)).toEqual(wanted.map(({ shape }) => shape))
      }),
      { numRuns: RUNS, seed: 20261101 },
    )
    expect(accepted, 'draws that fit').toBeGreaterThan(RUNS / 20)
  },
)
