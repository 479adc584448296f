import { applyUpdate, type ResolvedOptimizer } from '@shared/catalog/optimizers'
import { evaluateGraph, Graph, type Tensor, type Values } from '@shared/graph'

/** An optimizer's update as a graph of its own, run in the float64 reference interpreter. */
export class ReferenceUpdate {
  readonly graph = new Graph()
  /** The next weight, then the next slots in the rule's order. */
  readonly outputs: readonly Tensor[]
  readonly #slots: readonly string[]
  #state: Float64Array[]
  #step = 0

  constructor(
    private readonly optimizer: ResolvedOptimizer,
    start: readonly number[],
    decays = true,
    /** Whether a schedule moves momentum. */
    cycles = false,
  ) {
    const shape = [start.length]
    const slots = optimizer.rule.slots(optimizer.options)
    const names = Object.keys(optimizer.rule.scalars(optimizer.options, { step: 1, learningRate: optimizer.learningRate, ...(cycles ? { momentum: 0 } : {}) }))
    const inputs = {
      weight: this.graph.input('weight', 'float32', shape),
      gradient: this.graph.input('gradient', 'float32', shape),
      slots: Object.fromEntries(slots.map(({ name }) => [name, this.graph.input(`slot/${name}`, 'float32', shape)])),
      scalars: Object.fromEntries(names.map((name) => [name, this.graph.input(`scalar/${name}`, 'float32', [])])),
    }
    const next = applyUpdate(inputs, optimizer, { decays })
    this.#slots = slots.map(({ name }) => name)
    this.outputs = [next.weight, ...this.#slots.map((name) => next.slots[name])]
    this.#state = [Float64Array.from(start), ...slots.map(({ initial }) => new Float64Array(start.length).fill(initial))]
  }

  get weight(): Float64Array {
    return this.#state[0]
  }

  /** The slot's true value: stored × scale. */
  slot(name: string): number[] {
    const slot = this.optimizer.rule.slots(this.optimizer.options).find((each) => each.name === name)
    if (slot === undefined) throw new Error(`no slot ${name}`)
    return Array.from(this.#state[1 + this.#slots.indexOf(name)], (stored) => stored * slot.scale)
  }

  /** One update; returns the new weight. */
  advance(gradient: readonly number[], learningRate: number, momentum?: number): Float64Array {
    this.#step += 1
    const { rule, options } = this.optimizer
    const vector = (data: ArrayLike<number>): Values => ({ shape: [data.length], data: Float64Array.from(data) })
    const feeds = new Map<string, Values>([
      ['weight', vector(this.weight)],
      ['gradient', vector(gradient)],
    ])
    this.#slots.forEach((name, index) => feeds.set(`slot/${name}`, vector(this.#state[1 + index])))
    for (const [name, value] of Object.entries(rule.scalars(options, { step: this.#step, learningRate, momentum }))) {
      feeds.set(`scalar/${name}`, { shape: [], data: Float64Array.of(value) })
    }
    this.#state = evaluateGraph(this.outputs, feeds).map(({ data }) => data)
    return this.weight
  }
}
