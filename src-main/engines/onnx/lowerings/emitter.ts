import type { Tensor } from '@shared/graph'
import { CONTRIB_DOMAIN, elementCode } from '../model'
import type { ElementType, NodeAttributes, OnnxGraph } from '../model'

/** Appends ONNX nodes for graph tensors and remembers which value holds which tensor. */
export class Emitter {
  readonly #values = new Map<Tensor, string>()
  readonly #shared = new Map<string, readonly string[]>()
  #label = ''

  constructor(readonly graph: OnnxGraph) {}

  /** Says that `tensor` is held by an existing value: an input, or a result of an outer graph. */
  bind(tensor: Tensor, value: string): void {
    this.#values.set(tensor, value)
  }

  has(tensor: Tensor): boolean {
    return this.#values.has(tensor)
  }

  /** The ONNX value of a tensor; only those that the lowering listed as inputs have one for sure. */
  value(tensor: Tensor): string {
    const value = this.#values.get(tensor)
    if (value === undefined) throw new Error(`${tensor.op} ${tensor.id} (${tensor.scope}) has no ONNX value yet`)
    return value
  }

  values(tensors: readonly Tensor[]): string[] {
    return tensors.map((tensor) => this.value(tensor))
  }

  /** Names the nodes appended from here on after the tensor that they compute. */
  describe(tensor: Tensor): void {
    this.#label = tensor.scope === '' ? tensor.op : `${tensor.scope}/${tensor.op}`
  }

  node(opType: string, inputs: readonly string[], attributes: NodeAttributes = {}): string {
    return this.graph.node(opType, inputs, attributes, { label: this.#label })
  }

  /** A node of onnxruntime's own operators. */
  contrib(opType: string, inputs: readonly string[], attributes: NodeAttributes = {}): string {
    return this.graph.node(opType, inputs, attributes, { label: this.#label, domain: CONTRIB_DOMAIN })
  }

  nodes(opType: string, inputs: readonly string[], attributes: NodeAttributes, count: number): string[] {
    return this.graph.nodes(opType, inputs, attributes, count, { label: this.#label })
  }

  /** A list of integers, as shapes, axes and perms are given. */
  ints(values: readonly number[]): string {
    return this.graph.constant('int64', values, [values.length])
  }

  scalar(type: ElementType, value: number): string {
    return this.graph.constant(type, [value], [])
  }

  reshape(value: string, shape: readonly number[]): string {
    return this.node('Reshape', [value, this.ints(shape)])
  }

  cast(value: string, type: ElementType): string {
    return this.node('Cast', [value], { to: elementCode(type) })
  }

  /** Values that several tensors take from the same nodes: made by the first that asks. */
  once(key: string, make: () => readonly string[]): readonly string[] {
    const known = this.#shared.get(key)
    if (known) return known
    const made = make()
    this.#shared.set(key, made)
    return made
  }
}
