import type { Tensor } from '@shared/graph'
import { CONTRIB_DOMAIN, elementCode, NCHWC_DOMAIN } from '../model'
import type { ElementType, NodeAttributes, OnnxGraph } from '../model'
import type { LoweringTable } from './plan'

/**
 * How a value's elements lie in memory. `blocked`: images `[batch, channels / block, height, width, block]`, the layout
 * of onnxruntime's fast convolutions; its values still go by the shape `[batch, channels, height, width]`.
 */
export type Layout = 'plain' | 'blocked'

export interface Held {
  readonly layout: Layout
  readonly value: string
}

export function plain(value: string): Held {
  return { layout: 'plain', value }
}

export function blocked(value: string): Held {
  return { layout: 'blocked', value }
}

/**
 * Appends ONNX nodes for graph tensors and remembers which value holds which tensor, in which layout. A tensor is
 * reordered when somebody asks for a layout that it has not got yet.
 */
export class Emitter {
  readonly #held: Readonly<Record<Layout, Map<Tensor, string>>> = { plain: new Map(), blocked: new Map() }
  readonly #shared = new Map<string, readonly string[]>()
  #scope = ''
  #label = ''
  /** Of a body's tensors, which have none of their own. */
  #outerScope = ''

  /**
   * `table`: the ways of lowering to choose from. `block`: the runtime's block of channels, or null where the blocked
   * layout is not to be used.
   */
  constructor(
    readonly graph: OnnxGraph,
    readonly table: LoweringTable,
    readonly block: number | null = null,
  ) {}

  /** For the tensors of the body that the described one applies, in `graph`; they bear its scope. */
  forBody(graph: OnnxGraph): Emitter {
    const inner = new Emitter(graph, this.table)
    inner.#outerScope = this.#scope
    return inner
  }

  /** Says that `tensor` is held by an existing value: an input, or a result of an outer graph. */
  bind(tensor: Tensor, value: string, layout: Layout = 'plain'): void {
    this.#held[layout].set(tensor, value)
  }

  has(tensor: Tensor, layout?: Layout): boolean {
    return (layout !== 'blocked' && this.#held.plain.has(tensor)) || (layout !== 'plain' && this.#held.blocked.has(tensor))
  }

  /** The plain value of a tensor; only those that the lowering listed as inputs have one for sure. */
  value(tensor: Tensor): string {
    const known = this.#held.plain.get(tensor)
    if (known !== undefined) return known
    const source = this.#held.blocked.get(tensor)
    if (source === undefined) throw new Error(`${tensor.op} ${tensor.id} (${tensor.scope}) has no ONNX value yet`)
    const reordered = this.nchwc('ReorderOutput', [source], { channels: tensor.shape[1] })
    this.bind(tensor, reordered)
    return reordered
  }

  /** Whether a tensor may be blocked: float32 images whose channels fill blocks. */
  canBlock({ dtype, shape }: Tensor): boolean {
    return this.block !== null && dtype === 'float32' && shape.length === 4 && shape[1] % this.block === 0
  }

  /** The blocked value of a tensor that can be blocked. */
  blocked(tensor: Tensor): string {
    const known = this.#held.blocked.get(tensor)
    if (known !== undefined) return known
    const reordered = this.nchwc('ReorderInput', [this.value(tensor)])
    this.bind(tensor, reordered, 'blocked')
    return reordered
  }

  inLayout(tensor: Tensor, layout: Layout): string {
    return layout === 'plain' ? this.value(tensor) : this.blocked(tensor)
  }

  /** The layout in which to compute on these images: blocked as soon as one of them is held so and all can be. */
  commonLayout(tensors: readonly Tensor[]): Layout {
    return tensors.some((tensor) => this.has(tensor, 'blocked')) && tensors.every((tensor) => this.canBlock(tensor)) ? 'blocked' : 'plain'
  }

  values(tensors: readonly Tensor[]): string[] {
    return tensors.map((tensor) => this.value(tensor))
  }

  /** Names the nodes appended from here on after the tensor that they compute. */
  describe({ op, scope }: Tensor): void {
    this.#scope = scope === '' ? this.#outerScope : scope
    this.#label = this.#scope === '' ? op : `${this.#scope}/${op}`
  }

  node(opType: string, inputs: readonly string[], attributes: NodeAttributes = {}): string {
    return this.graph.node(opType, inputs, attributes, { label: this.#label })
  }

  /** A node of onnxruntime's own operators. */
  contrib(opType: string, inputs: readonly string[], attributes: NodeAttributes = {}): string {
    return this.graph.node(opType, inputs, attributes, { label: this.#label, domain: CONTRIB_DOMAIN })
  }

  /** A node on the blocked layout. */
  nchwc(opType: string, inputs: readonly string[], attributes: NodeAttributes = {}): string {
    return this.graph.node(opType, inputs, attributes, { label: this.#label, domain: NCHWC_DOMAIN })
  }

  /** A node that exists for both layouts. */
  inLayoutNode(layout: Layout, opType: string, inputs: readonly string[], attributes: NodeAttributes = {}): string {
    return layout === 'plain' ? this.node(opType, inputs, attributes) : this.nchwc(opType, inputs, attributes)
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
