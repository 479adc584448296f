import { create } from '@bufbuild/protobuf'
import { attributeProto } from './attributes'
import type { NodeAttributes } from './attributes'
import { GraphProtoSchema, NodeProtoSchema, TensorProtoSchema, TensorShapeProto_DimensionSchema, ValueInfoProtoSchema } from './schema/onnx_pb'
import type { GraphProto, NodeProto, TensorProto, ValueInfoProto } from './schema/onnx_pb'
import { elementCode, elementData } from './types'
import type { Dimension, ElementData, ElementType } from './types'

export interface NodeOptions {
  /** Default: the standard operators. */
  readonly domain?: string
  /** Names of the results; made up where absent. */
  readonly outputs?: readonly string[]
  /** What made-up names start with, so that people can read the model: `dense1/matmul`. */
  readonly label?: string
}

/** Constants of at most this many elements are stored once per graph. */
const SHARED_CONSTANT = 64

/**
 * An ONNX graph under construction. Values are known by their names; a subgraph (the body of a Loop) sees the values
 * of the graph it was made from and shares its name space.
 */
export class OnnxGraph {
  readonly #nodes: NodeProto[] = []
  readonly #initializers: TensorProto[] = []
  readonly #inputs: ValueInfoProto[] = []
  readonly #outputs: ValueInfoProto[] = []
  readonly #constants = new Map<string, string>()
  /** Results of this very graph's nodes that are no outputs yet. */
  readonly #results = new Set<string>()
  readonly #names: Set<string>

  constructor(
    readonly name: string,
    outer?: OnnxGraph,
  ) {
    this.#names = outer ? outer.#names : new Set()
  }

  input(name: string, type: ElementType, shape: readonly Dimension[]): string {
    this.#inputs.push(valueInfo(this.#claim(name), type, shape))
    return name
  }

  /** An input of a body, whose name is made up and whose shape follows from what the body is applied to. */
  parameter(type: ElementType, label: string): string {
    const name = this.#claim(this.#fresh(label))
    this.#inputs.push(valueInfo(name, type, null))
    return name
  }

  /**
   * Makes `value` the graph's next output, and returns the name that it goes by. ONNX allows only results of the
   * graph's own nodes, each once, so inputs, constants and values of the outer graph are copied, as is what needs
   * another name. A body's may leave the shape to the runtime: null.
   */
  output(value: string, type: ElementType, shape: readonly Dimension[] | null, name?: string): string {
    const asIs = this.#results.has(value) && (name ?? value) === value
    const output = asIs ? value : this.node('Identity', [value], {}, { label: 'output', ...(name === undefined ? {} : { outputs: [name] }) })
    this.#results.delete(output)
    this.#outputs.push(valueInfo(output, type, shape))
    return output
  }

  /** Appends a node with one result and returns its name. An absent optional operand is ''. */
  node(opType: string, inputs: readonly string[], attributes: NodeAttributes = {}, options: NodeOptions = {}): string {
    return this.#append(opType, inputs, attributes, options, 1)[0]
  }

  /** Appends a node with `count` results. */
  nodes(opType: string, inputs: readonly string[], attributes: NodeAttributes, count: number, options: NodeOptions = {}): string[] {
    return this.#append(opType, inputs, attributes, options, count)
  }

  /** A constant; small ones are shared by value. Not copied: `data` must not change afterwards. */
  constant(type: ElementType, data: ElementData | readonly number[], shape: readonly number[]): string {
    const elements = ArrayBuffer.isView(data) ? data : elementData(type, data)
    const key = elements.length <= SHARED_CONSTANT ? constantKey(type, elements, shape) : null
    const known = key === null ? undefined : this.#constants.get(key)
    if (known !== undefined) return known
    const name = this.initializer(this.#fresh('constant'), type, elements, shape)
    if (key !== null) this.#constants.set(key, name)
    return name
  }

  /** A constant with a name of its own: the weights of an exported model. */
  initializer(name: string, type: ElementType, data: ElementData, shape: readonly number[]): string {
    const size = shape.reduce((product, extent) => product * extent, 1)
    if (data.length !== size) throw new Error(`${name}: ${data.length} elements for shape [${shape.join(', ')}]`)
    this.#initializers.push(
      create(TensorProtoSchema, {
        name: this.#claim(name),
        dataType: elementCode(type),
        dims: shape.map(BigInt),
        rawData: new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength),
      }),
    )
    return name
  }

  toProto(): GraphProto {
    return create(GraphProtoSchema, {
      name: this.name,
      node: this.#nodes,
      initializer: this.#initializers,
      input: this.#inputs,
      output: this.#outputs,
    })
  }

  #append(opType: string, inputs: readonly string[], attributes: NodeAttributes, options: NodeOptions, count: number): string[] {
    const label = options.label ?? opType
    const output = options.outputs
      ? options.outputs.map((name) => this.#claim(name))
      : Array.from({ length: count }, () => this.#claim(this.#fresh(label)))
    this.#nodes.push(
      create(NodeProtoSchema, {
        name: output[0],
        opType,
        domain: options.domain ?? '',
        input: [...inputs],
        output,
        attribute: Object.entries(attributes).map(([name, value]) => attributeProto(name, value)),
      }),
    )
    for (const name of output) this.#results.add(name)
    return output
  }

  #fresh(label: string): string {
    for (let number = this.#names.size; ; number++) {
      const name = `${label}_${number}`
      if (!this.#names.has(name)) return name
    }
  }

  #claim(name: string): string {
    if (this.#names.has(name)) throw new Error(`ONNX value ${name} exists already`)
    this.#names.add(name)
    return name
  }
}

function constantKey(type: ElementType, data: ElementData, shape: readonly number[]): string {
  const bytes = new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength)
  return `${type}[${shape.join(',')}]${bytes.join(',')}`
}

function valueInfo(name: string, type: ElementType, shape: readonly Dimension[] | null): ValueInfoProto {
  return create(ValueInfoProtoSchema, {
    name,
    type: {
      value: {
        case: 'tensorType',
        value: {
          elemType: elementCode(type),
          ...(shape === null
            ? {}
            : {
                shape: {
                  dim: shape.map((extent) =>
                    create(TensorShapeProto_DimensionSchema, {
                      value: typeof extent === 'number' ? { case: 'dimValue', value: BigInt(extent) } : { case: 'dimParam', value: extent },
                    }),
                  ),
                },
              }),
        },
      },
    },
  })
}
