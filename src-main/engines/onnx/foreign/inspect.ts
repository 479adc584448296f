import { create, fromBinary, toBinary, type MessageInitShape } from '@bufbuild/protobuf'
import type { Shape } from '@shared/graph'
import { refuse, type Issue } from '@shared/spec/issue'
import { ModelProtoSchema, TensorProto_DataLocation, TensorProto_DataType, TypeProtoSchema, ValueInfoProtoSchema } from '../model/schema/onnx_pb'
import type { GraphProto, ModelProto, NodeProto, TensorProto, TensorShapeProtoSchema, ValueInfoProto } from '../model/schema/onnx_pb'

/** What a classifier of someone else's must take and give. */
export interface Wanted {
  readonly sample: Shape
  readonly classes: number
  /** Name of a tensor inside that is asked for too. */
  readonly layer?: string
  /** Where the document names it. */
  readonly layerPath: Issue['path']
  /** Where the document names the file. */
  readonly path: Issue['path']
  /** The file's name, for messages. */
  readonly file: string
}

export interface ForeignModel {
  /** The model, changed so that it gives scores before a final softmax where it has one. */
  readonly bytes: Uint8Array
  readonly input: string
  /** Extents after the batch. */
  readonly shape: Shape
  /** Rows that it takes at once; null: any number. */
  readonly batch: number | null
  readonly output: string
  /** The tensor inside that it gives too; null: none. */
  readonly layer: string | null
}

/** Elements of a tensor that a constant may ask for. */
const MOST_ELEMENTS = 2 ** 28
/** Tensors that a message lists. */
const MOST_NAMED = 40
/** What weights are stored in, also of compressed models; int64 are shapes. */
const { FLOAT, FLOAT16, BFLOAT16, DOUBLE, INT8, UINT8 } = TensorProto_DataType
const WEIGHTS = new Set<number>([FLOAT, FLOAT16, BFLOAT16, DOUBLE, INT8, UINT8])
const STANDARD = new Set(['', 'ai.onnx'])
/** Their results are not the same twice. */
const RANDOM = new Set(['RandomNormal', 'RandomNormalLike', 'RandomUniform', 'RandomUniformLike', 'Multinomial', 'Bernoulli'])
/** Those whose constant operands, multiplied, are extents of their result. */
const MAKES_SHAPES = new Set(['ConstantOfShape', 'Expand', 'Tile', 'Range', 'Resize', 'Upsample', 'EyeLike', 'OneHot', 'Pad'])

/** Looks through an ONNX file before anything of it runs. Throws `teacher-onnx-…`. */
export function inspectModel(bytes: Uint8Array, wanted: Wanted): ForeignModel {
  const model = decode(bytes, wanted)
  const { graph } = model
  if (graph === undefined || graph.node.length === 0) return refuseModel(wanted, 'teacher-onnx-unreadable', { reason: 'no graph' })
  if (model.functions.length > 0) refuseModel(wanted, 'teacher-onnx-unsupported', { what: 'functions' })
  checkTensors(graph, bytes.length, wanted)
  checkNodes(graph, wanted)
  const input = inputOf(graph, wanted)
  const output = outputOf(graph, wanted)
  const scored = scores(graph, output, wanted)
  const layer = wanted.layer === undefined ? null : layerOf(graph, wanted.layer, wanted)
  graph.output = layer === null || layer === scored.name ? [scored] : [scored, floatValue(layer)]
  return { ...input, bytes: toBinary(ModelProtoSchema, model), output: scored.name, layer }
}

/** Numbers among the weights of a model that {@link inspectModel} lets pass. */
export function parametersOf(bytes: Uint8Array): number {
  const { graph } = fromBinary(ModelProtoSchema, bytes)
  const weights = graph?.initializer.filter(({ dataType }) => WEIGHTS.has(dataType)) ?? []
  return weights.reduce((sum, { dims }) => sum + Number(product(dims)), 0)
}

/** The file has no such tensor for every row: said where the document names the tensor. */
export function refuseLayer({ layerPath, file, layer }: Pick<Wanted, 'layerPath' | 'file' | 'layer'>, known: string): never {
  refuse('teacher-onnx-feature', layerPath, { file, tensor: layer ?? '', known })
}

export function refuseModel({ path, file }: Pick<Wanted, 'path' | 'file'>, code: `teacher-onnx-${string}`, args: Issue['args'] = {}): never {
  refuse(code, path, { file, ...args })
}

function decode(bytes: Uint8Array, wanted: Wanted): ModelProto {
  try {
    return fromBinary(ModelProtoSchema, bytes)
  } catch (error) {
    return refuseModel(wanted, 'teacher-onnx-unreadable', { reason: error instanceof Error ? error.message : String(error) })
  }
}

/** Nothing lies outside the file, and no tensor says that it is larger than what is there. */
function checkTensors(graph: GraphProto, fileBytes: number, wanted: Wanted): void {
  const sparse = [...graph.sparseInitializer, ...graph.node.flatMap(({ attribute }) => attribute.flatMap((each) => [...(each.sparseTensor === undefined ? [] : [each.sparseTensor]), ...each.sparseTensors]))]
  if (sparse.length > 0) refuseModel(wanted, 'teacher-onnx-unsupported', { what: 'sparse tensors' })
  const tensors = [...graph.initializer, ...graph.node.flatMap(({ attribute }) => attribute.flatMap((each) => [...(each.t === undefined ? [] : [each.t]), ...each.tensors]))]
  for (const tensor of tensors) {
    if (tensor.dataLocation === TensorProto_DataLocation.EXTERNAL || tensor.externalData.length > 0) refuseModel(wanted, 'teacher-onnx-external', { tensor: tensor.name })
    const elements = product(tensor.dims)
    // The smallest elements are half a byte.
    if (tensor.dims.some((extent) => extent < 0n) || elements > BigInt(2 * fileBytes)) refuseModel(wanted, 'teacher-onnx-absurd', { tensor: tensor.name, elements: String(elements) })
  }
}

function checkNodes(graph: GraphProto, wanted: Wanted): void {
  const constants = constantsOf(graph)
  for (const node of graph.node) {
    if (!STANDARD.has(node.domain)) refuseModel(wanted, 'teacher-onnx-unsupported', { what: `${node.domain}.${node.opType}` })
    const nested = node.attribute.some(({ g, graphs }) => g !== undefined || graphs.length > 0)
    if (nested || RANDOM.has(node.opType)) refuseModel(wanted, 'teacher-onnx-unsupported', { what: node.opType })
    if (MAKES_SHAPES.has(node.opType)) checkAsked(node, constants, wanted)
  }
}

/** A few bytes can ask for terabytes. */
function checkAsked(node: NodeProto, constants: ReadonlyMap<string, readonly bigint[]>, wanted: Wanted): void {
  for (const name of node.input) {
    const elements = product((constants.get(name) ?? []).map((extent) => (extent < 1n ? 1n : extent)))
    if (elements > BigInt(MOST_ELEMENTS)) refuseModel(wanted, 'teacher-onnx-absurd', { tensor: node.output[0] ?? node.opType, elements: String(elements) })
  }
}

/** Whole numbers that initializers and Constant nodes give. */
function constantsOf(graph: GraphProto): ReadonlyMap<string, readonly bigint[]> {
  const given: [string, TensorProto][] = [
    ...graph.initializer.map((tensor): [string, TensorProto] => [tensor.name, tensor]),
    ...graph.node.flatMap(({ opType, output, attribute }) => (opType === 'Constant' ? attribute.flatMap(({ t }): [string, TensorProto][] => (t === undefined ? [] : [[output[0], t]])) : [])),
  ]
  const listed = graph.node.flatMap(({ opType, output, attribute }) => (opType === 'Constant' ? attribute.flatMap(({ name, ints, i }): [string, readonly bigint[]][] => (name === 'value_ints' ? [[output[0], ints]] : name === 'value_int' ? [[output[0], [i]]] : [])) : []))
  return new Map([...given.flatMap(([name, tensor]): [string, readonly bigint[]][] => (tensor.dataType === TensorProto_DataType.INT64 ? [[name, int64s(tensor)]] : [])), ...listed])
}

function int64s({ rawData, int64Data }: TensorProto): readonly bigint[] {
  if (rawData.length === 0) return int64Data
  const view = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength)
  return Array.from({ length: Math.floor(rawData.length / 8) }, (_, index) => view.getBigInt64(8 * index, true))
}

/** Its one input that is no weight: rows of the data, as they are or flattened. */
function inputOf(graph: GraphProto, wanted: Wanted): Pick<ForeignModel, 'input' | 'shape' | 'batch'> {
  const weights = new Set(graph.initializer.map(({ name }) => name))
  const inputs = graph.input.filter(({ name }) => !weights.has(name))
  const found = inputs.length === 1 ? floatShape(inputs[0]) : null
  const { sample } = wanted
  const size = sample.reduce((all, extent) => all * extent, 1)
  const said = { found: inputs.map((each) => `${each.name} ${shapeText(floatShape(each))}`).join(', '), wanted: `[batch, ${sample.join(', ')}]` }
  if (found === null || found.length < 2) return refuseModel(wanted, 'teacher-onnx-input', said)
  const [batch, ...rest] = found
  const fits = (shape: Shape): boolean => rest.length === shape.length && rest.every((extent, axis) => extent === null || extent === shape[axis])
  const shape = [sample, [size], sample.filter((extent) => extent !== 1)].find(fits)
  if (shape === undefined || (batch !== null && (batch < 1 || batch > 4096))) return refuseModel(wanted, 'teacher-onnx-input', said)
  return { input: inputs[0].name, shape, batch }
}

/** The first of its outputs with a score for each class. */
function outputOf(graph: GraphProto, wanted: Wanted): string {
  const found = graph.output.find((each) => {
    const shape = floatShape(each)
    return shape !== null && (shape.length === 0 || (shape.length === 2 && (shape[1] === null || shape[1] === wanted.classes)))
  })
  return found?.name ?? refuseModel(wanted, 'teacher-onnx-output', { found: graph.output.map((each) => `${each.name} ${shapeText(floatShape(each))}`).join(', '), classes: wanted.classes })
}

/** What a final softmax takes, else the output itself. */
function scores(graph: GraphProto, output: string, { classes }: Wanted): ValueInfoProto {
  const makers = new Map(graph.node.flatMap((node) => node.output.map((name) => [name, node] as const)))
  let maker = makers.get(output)
  while (maker?.opType === 'Identity') maker = makers.get(maker.input[0])
  const axis = maker?.attribute.find(({ name }) => name === 'axis')?.i ?? -1n
  const last = axis === -1n || axis === 1n
  const [before] = maker?.input ?? []
  const name = maker?.opType === 'Softmax' && last && makers.has(before) ? before : output
  return floatValue(name, { dim: [{ value: { case: 'dimParam', value: 'rows' } }, { value: { case: 'dimValue', value: BigInt(classes) } }] })
}

/** A tensor that its operators give, by its name, or the last one under this name, as files name a layer's: `layer/…`, `/layer/…`. */
function layerOf(graph: GraphProto, layer: string, wanted: Wanted): string {
  const named = graph.node.flatMap(({ output }) => output.filter((name) => name !== ''))
  const found = named.includes(layer) ? layer : named.findLast((name) => name.startsWith(`${layer}/`) || name.startsWith(`/${layer}/`))
  if (found !== undefined) return found
  const known = named.length > MOST_NAMED ? [...named.slice(0, MOST_NAMED), '…'] : named
  return refuseLayer(wanted, known.join(', '))
}

/** A float32 output; without a shape, of any. */
function floatValue(name: string, shape?: MessageInitShape<typeof TensorShapeProtoSchema>): ValueInfoProto {
  return create(ValueInfoProtoSchema, { name, type: create(TypeProtoSchema, { value: { case: 'tensorType', value: { elemType: TensorProto_DataType.FLOAT, shape } } }) })
}

/** Extents of a float32 tensor, null where one is open; an empty list where the file does not say. */
function floatShape({ type }: ValueInfoProto): readonly (number | null)[] | null {
  const tensor = type?.value.case === 'tensorType' ? type.value.value : null
  if (tensor === null || tensor.elemType !== Number(TensorProto_DataType.FLOAT)) return null
  return (tensor.shape?.dim ?? []).map(({ value }) => (value.case === 'dimValue' && value.value > 0n && value.value < 2n ** 31n ? Number(value.value) : null))
}

function shapeText(shape: readonly (number | null)[] | null): string {
  return shape === null ? '?' : `[${shape.map((extent) => extent ?? '?').join(', ')}]`
}

function product(extents: readonly bigint[]): bigint {
  return extents.reduce((all, extent) => all * extent, 1n)
}

