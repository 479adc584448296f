import { applyUpdate, type ResolvedOptimizer, type StepContext } from '@shared/catalog/optimizers'
import type { Point } from '@shared/catalog/surfaces'
import { Graph, gradients, prepareEvaluation, reshape, slice, type Tensor, type Values } from '@shared/graph'
import type { Landscape } from './landscape'

/** Where an optimizer has been: element t is the state after t updates, so that the first is the start. */
export interface Trajectory {
  readonly x: readonly number[]
  readonly y: readonly number[]
  /** f at each of them. */
  readonly value: readonly number[]
  /** The update after which it was lost, beyond 10⁹ or no number any more; the trajectory ends before it. Null: none so far. */
  readonly divergedAt: number | null
}

export interface RacerSettings {
  readonly optimizer: ResolvedOptimizer
  /** Learning rate of an update, 0 for the first. */
  readonly rate: (step: number) => number
  readonly start: Point
  /** Momentum of an update, where a schedule moves it. */
  readonly momentum?: ((step: number) => number) | null
  /** A schedule that lowers the rate when f stops improving: the factor on the rate from the next update on. */
  readonly react?: (value: number) => number
}

/**
 * One optimizer on a landscape, in float64: the definition that training uses, and its gradient by the graph's own
 * differentiation. The point is a single weight of two elements.
 */
export class Racer {
  readonly #settings: RacerSettings
  readonly #evaluate: (feeds: ReadonlyMap<string, Values>) => Values[]
  readonly #slots: readonly string[]
  readonly #path = { x: [] as number[], y: [] as number[], value: [] as number[] }
  /** The point, then the slots. */
  #state: readonly Float64Array[]
  #divergedAt: number | null = null
  /** What a schedule that reacts has made of the rate. */
  #factor = 1

  constructor(landscape: Pick<Landscape, 'lower'>, settings: RacerSettings) {
    const { optimizer, start } = settings
    const slots = optimizer.rule.slots(optimizer.options)
    this.#settings = settings
    this.#slots = slots.map(({ name }) => name)
    this.#state = [Float64Array.from(start), ...slots.map(({ initial }) => new Float64Array(2).fill(initial))]
    this.#evaluate = prepareEvaluation(updateGraph(landscape, optimizer, this.#slots, this.#step(0)))
  }

  get trajectory(): Trajectory {
    return { ...this.#path, divergedAt: this.#divergedAt }
  }

  /** Goes on until `steps` updates have been made, or the racer is lost. */
  runTo(steps: number): Trajectory {
    while (this.#divergedAt === null && this.#path.x.length <= steps) this.#advance()
    return this.trajectory
  }

  #advance(): void {
    const step = this.#path.x.length
    const [value, ...next] = this.#evaluate(this.#feeds(step)).map(({ data }) => data)
    const [point] = this.#state
    if (![...point, value[0]].every(Number.isFinite) || point.some((place) => Math.abs(place) > LOST)) {
      this.#divergedAt = step
      return
    }
    this.#path.x.push(point[0])
    this.#path.y.push(point[1])
    this.#path.value.push(value[0])
    this.#state = next
    this.#factor *= this.#settings.react?.(value[0]) ?? 1
  }

  /** What the rule is told of the update after `step` others. */
  #step(step: number): StepContext {
    const { optimizer, rate, momentum } = this.#settings
    const cycled = momentum === undefined || momentum === null || optimizer.rule.cycles === undefined ? {} : { momentum: momentum(step) }
    return { step: step + 1, learningRate: rate(step) * this.#factor, ...cycled }
  }

  #feeds(step: number): Map<string, Values> {
    const { optimizer } = this.#settings
    const scalars = optimizer.rule.scalars(optimizer.options, this.#step(step))
    return new Map<string, Values>([
      ...[POINT, ...this.#slots.map(slotName)].map((name, index) => [name, { shape: [2], data: this.#state[index] }] as const),
      ...Object.entries(scalars).map(([name, value]) => [scalarName(name), { shape: [], data: Float64Array.of(value) }] as const),
    ])
  }
}

/** No surface is interesting so far out, and nobody comes back from there. */
const LOST = 1e9

const POINT = 'point'
const slotName = (slot: string): string => `slot/${slot}`
const scalarName = (scalar: string): string => `optimizer/${scalar}`

/** f at the point, the next point, and the next slots in their order. */
function updateGraph({ lower }: Pick<Landscape, 'lower'>, optimizer: ResolvedOptimizer, slots: readonly string[], first: StepContext): Tensor[] {
  const graph = new Graph()
  const weight = graph.input(POINT, 'float32', [2])
  const height = (point: Tensor): Tensor => {
    const [x, y] = [0, 1].map((axis) => reshape(slice(point, { starts: [axis], sizes: [1] }), []))
    return lower(x, y)
  }
  const before = {
    weight,
    slots: Object.fromEntries(slots.map((name) => [name, graph.input(slotName(name), 'float32', [2])])),
    scalars: Object.fromEntries(Object.keys(optimizer.rule.scalars(optimizer.options, first)).map((name) => [name, graph.input(scalarName(name), 'float32', [])])),
  }
  // Where the rule looks ahead, the gradient is of there.
  const point = optimizer.rule.point?.(before, optimizer.options) ?? weight
  const [gradient] = gradients(height(point), [point])
  const next = applyUpdate({ ...before, gradient }, optimizer, { decays: true })
  return [height(weight), next.weight, ...slots.map((name) => next.slots[name])]
}
