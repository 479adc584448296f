import type { LayerNode } from '@shared/catalog/layers'
import type { TrainingPlan } from '@shared/compile'
import type { NamedWeight } from '@shared/compile/layout'
import type { Shape } from '@shared/graph'
import type { PythonValue } from '../python/literal'
import type { Penalty } from '../training/penalties'
import { kerasConstraint } from '../training/constraints'
import { kerasInitializer, kerasPenalty } from './initializers'
import type { KerasConfig, KerasNode, KerasTarget, KerasWeight } from './model'

/** Name of the input layer. */
export const INPUT = 'input'

/** A value between layers. */
export interface Placed {
  /** The Keras node that gives it. */
  readonly name: string
  /** Of a sample in the document's layout: channels first. */
  readonly shape: Shape
  /** A vector whose elements stand in another order than in the document: element i is the document's `order[i]`. */
  readonly order: Int32Array | null
}

export type Node = LayerNode & { readonly id: string }

/** Appends a layer's form; `shape` is what the layer gives, in the document's layout. Throws an `IssueError` where there is none. */
export type KerasForm = (context: KerasContext, node: Node, inputs: readonly Placed[], shape: Shape) => Placed

/** What a layer's form sees while it writes itself. */
export class KerasContext {
  readonly nodes: KerasNode[] = []
  readonly helpers = new Set<string>()
  readonly #ids: ReadonlySet<string>
  readonly #weights: ReadonlyMap<string, NamedWeight>

  constructor(
    readonly plan: TrainingPlan,
    readonly target: KerasTarget,
    readonly penalties: ReadonlyMap<string, Penalty>,
    /** Flatten nodes whose followers take their elements in any order. */
    readonly unordered: ReadonlySet<string>,
    /** Node whose final activation the loss computes. */
    readonly logitsOf: string | null,
    /** Whether the model is written to be trained. */
    readonly training = false,
  ) {
    this.#weights = new Map(plan.layout.weights.map((weight) => [weight.fullName, weight]))
    this.#ids = new Set(plan.model.nodes.map(({ node }) => node.id))
  }

  /** Appends a layer; returns its name. The node's own id goes to the layer named first by it. */
  layer(wish: string, inputs: readonly string[], className: string, config: KerasConfig, extra: Partial<Pick<KerasNode, 'training' | 'weights'>> = {}): string {
    return this.#append({ name: this.#name(wish), inputs, layer: { className, config }, expression: null, training: {}, weights: [], ...extra })
  }

  /** Appends a Python expression over one input. */
  expression(wish: string, input: string, expression: string): string {
    return this.#append({ name: this.#name(wish), inputs: [input], layer: null, expression, training: {}, weights: [] })
  }

  /** A weight of the node as the layer's variable `name`, with what training needs to start it. */
  weight(node: Node, own: string, name: string, shape: Shape, convert: KerasWeight['convert'] = (values) => values): KerasWeight {
    return { name, source: `${node.id}.${own}`, fill: 0, shape, convert }
  }

  /** A variable that the document does not have: one value everywhere. */
  constant(name: string, shape: Shape, fill: number): KerasWeight {
    return { name, source: null, fill, shape, convert: (values) => values }
  }

  /** A variable that the document does not have: these values. */
  values(name: string, shape: Shape, values: Float32Array): KerasWeight {
    return { ...this.constant(name, shape, 0), convert: () => values }
  }

  /** Arguments that start, penalize and constrain a weight: `{kernel_initializer, kernel_regularizer}`, those that differ from Keras's. */
  trainingOf(node: Node, own: string, argument: string): Record<string, PythonValue> {
    const weight = this.#weights.get(`${node.id}.${own}`)
    if (weight === undefined) return {}
    const initializer = kerasInitializer(weight, argument)
    const penalty = this.penalties.get(weight.fullName)
    const constraint = kerasConstraint(weight, node.type)
    return {
      ...(initializer === null ? {} : { [`${argument}_initializer`]: initializer }),
      ...(penalty === undefined ? {} : { [`${argument}_regularizer`]: kerasPenalty(penalty) }),
      ...(constraint === null ? {} : { [`${argument}_constraint`]: constraint }),
    }
  }

  /** A layer along the last axis, used along another one of the batch: it comes to the end and goes back. */
  alongLast({ id }: Node, input: string, rank: number, axis: number, layer: (input: string) => string): string {
    if (axis === rank) return layer(input)
    const axes = Array.from({ length: rank }, (_, at) => at + 1)
    const order = [...axes.filter((each) => each !== axis), axis]
    const moved = this.layer(`${id}_order`, [input], 'Permute', { dims: order })
    return this.layer(`${id}_back`, [layer(moved)], 'Permute', { dims: axes.map((each) => order.indexOf(each) + 1) })
  }

  #name(wish: string): string {
    const used = (name: string): boolean => name === INPUT || this.nodes.some((node) => node.name === name)
    let name = wish
    for (let count = 2; used(name) || (name !== wish && this.#ids.has(name)); count++) name = `${wish}_${String(count)}`
    return name
  }

  #append(node: KerasNode): string {
    this.nodes.push(node)
    return node.name
  }
}
