import type { LayerNode } from '@shared/catalog/layers'
import type { TrainingPlan } from '@shared/compile'
import type { NamedWeight } from '@shared/compile/layout'
import type { Shape } from '@shared/graph'
import { call, type PythonValue } from '../python/literal'
import { torchInitializer } from './initializers'

/** A tensor of the module's `state_dict`, made from one of the model's, or constant where the document has none. */
export interface TorchWeight {
  /** `dense1.weight`. */
  readonly name: string
  /** Full name in the model; null: `fill` everywhere. */
  readonly source: string | null
  readonly fill: number
  readonly shape: Shape
  readonly convert: (values: Float32Array) => Float32Array
}

/** A value between layers: the Python variable that holds it. */
export interface TorchValue {
  readonly name: string
  readonly shape: Shape
}

export type Node = LayerNode & { readonly id: string }

/** What a layer's form sees while it writes itself. */
export class TorchContext {
  /** Of `__init__`. */
  readonly members: string[] = []
  /** Of `__init__`, after all members: initial values. */
  readonly starts: string[] = []
  /** Of `forward`. */
  readonly statements: string[] = []
  readonly weights: TorchWeight[] = []
  readonly helpers = new Set<string>()
  readonly #layout: ReadonlyMap<string, NamedWeight>
  readonly #used = new Set<string>()

  constructor(
    plan: TrainingPlan,
    readonly identifiers: ReadonlyMap<string, string>,
    /** Node whose final activation the loss computes. */
    readonly logitsOf: string | null,
    /** Whether the module is to be trained. */
    readonly training: boolean,
  ) {
    this.#layout = new Map(plan.layout.weights.map((weight) => [weight.fullName, weight]))
  }

  identifier(node: Node): string {
    return this.identifiers.get(node.id) ?? node.id
  }

  /** A module of its own as `self.<name>`; returns how it is called. */
  member(name: string, className: string, positional: readonly PythonValue[], named: Readonly<Record<string, PythonValue>> = {}): string {
    const taken = (wish: string): boolean => this.#used.has(wish) || (wish !== name && [...this.identifiers.values()].includes(wish))
    let own = name
    for (let count = 2; taken(own); count++) own = `${name}_${String(count)}`
    this.#used.add(own)
    this.members.push(`self.${own} = ${call(className, positional, named)}`)
    return `self.${own}`
  }

  /** Puts the node's value into its variable. */
  assign(node: Node, expression: string, shape: Shape): TorchValue {
    const name = this.identifier(node)
    this.statements.push(`${name} = ${expression}`)
    return { name, shape }
  }

  /** Says that a module's tensor is one of the model's, and how it starts. */
  weight(member: string, tensor: string, node: Node, own: string, shape: Shape, convert: TorchWeight['convert'] = (values) => values): void {
    const weight = this.#layout.get(`${node.id}.${own}`)
    this.weights.push({ name: `${member.replace(/^self\./, '')}.${tensor}`, source: `${node.id}.${own}`, fill: 0, shape, convert })
    if (weight === undefined) return
    const start = torchInitializer(weight, `${member}.${tensor}`)
    if (start !== null) this.starts.push(start)
  }

  /** A tensor that the document does not have: constant, not trained. */
  constant(member: string, tensor: string, fill: number, shape: Shape): void {
    this.starts.push(`${member}.${tensor}.requires_grad_(False)`)
    this.weights.push({ name: `${member.replace(/^self\./, '')}.${tensor}`, source: null, fill, shape, convert: (values) => values })
  }
}
