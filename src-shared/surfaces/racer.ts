import { applyUpdate, type ResolvedOptimizer } from '@shared/catalog/optimizers'
import type { Point } from '@shared/catalog/surfaces'
import { Graph, gradients, prepareEvaluation, reshape, slice, type Tensor, type Values } from '@shared/graph'
import type { Landscape } from './landscape'

/** Where an optimizer has been: element t is the state after t updates, so that the first is the start. */
export interface Trajectory {
  readonly x: readonly number[]
  readonly y: readonly number[]
  /** f at each of them. */
  readonly value: readonly number[]
  /** The update after which a number was no longer finite; the trajectory ends before it. Null: none so far. */
  readonly divergedAt: number | null
}

export interface RacerSettings {
  readonly optimizer: ResolvedOptimizer
  /** Learning rate of an update, 0 for the first. */
  readonly rate: (step: number) => number
  readonly start: Point
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

  constructor(landscape: Pick<Landscape, 'lower'>, settings: RacerSettings) {
    const { optimizer, start } = settings
    const slots = optimizer.rule.slots(optimizer.options)
    this.#settings = settings
    this.#slots = slots.map(({ name }) => name)
    this.#state = [Float64Array.from(start), ...slots.map(({ initial }) => new Float64Array(2).fill(initial))]
    this.#evaluate = prepareEvaluation(updateGraph(landscape, optimizer, this.#slots))
  }

  get trajectory(): Trajectory {
    return { ...this.#path, divergedAt: this.#divergedAt }
  }

  /** Goes on until `steps` updates have been made, or numbers are no longer finite. */
  runTo(steps: number): Trajectory {
    while (this.#divergedAt === null && this.#path.x.length <= steps) this.#advance()
    return this.trajectory
  }

  #advance(): void {
    const step = this.#path.x.length
    const [value, ...next] = this.#evaluate(this.#feeds(step)).map(({ data }) => data)
    const [point] = this.#state
    if (![...point, value[0]].every(Number.isFinite)) {
      this.#divergedAt = step
      return
    }
    this.#path.x.push(point[0])
    this.#path.y.push(point[1])
    this.#path.value.push(value[0])
    this.#state = next
  }

  #feeds(step: number): Map<string, Values> {
    const { optimizer, rate } = this.#settings
    const scalars = optimizer.rule.scalars(optimizer.options, { step: step + 1, learningRate: rate(step) })
    return new Map<string, Values>([
      ...[POINT, ...this.#slots.map(slotName)].map((name, index) => [name, { shape: [2], data: this.#state[index] }] as const),
      ...Object.entries(scalars).map(([name, value]) => [scalarName(name), { shape: [], data: Float64Array.of(value) }] as const),
    ])
  }
}

const POINT = 'point'
const slotName = (slot: string): string => `slot/${slot}`
const scalarName = (scalar: string): string => `optimizer/${scalar}`

/** f at the point, the next point, and the next slots in their order. */
function updateGraph({ lower }: Pick<Landscape, 'lower'>, optimizer: ResolvedOptimizer, slots: readonly string[]): Tensor[] {
  const graph = new Graph()
  const weight = graph.input(POINT, 'float32', [2])
  const [x, y] = [0, 1].map((axis) => reshape(slice(weight, { starts: [axis], sizes: [1] }), []))
  const value = lower(x, y)
  const [gradient] = gradients(value, [weight])
  const scalars = Object.keys(optimizer.rule.scalars(optimizer.options, { step: 1, learningRate: optimizer.learningRate }))
  const next = applyUpdate(
    {
      weight,
      gradient,
      slots: Object.fromEntries(slots.map((name) => [name, graph.input(slotName(name), 'float32', [2])])),
      scalars: Object.fromEntries(scalars.map((name) => [name, graph.input(scalarName(name), 'float32', [])])),
    },
    optimizer,
    { decays: true },
  )
  return [value, next.weight, ...slots.map((name) => next.slots[name])]
}
