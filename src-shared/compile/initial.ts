import { initializerRegistry } from '@shared/catalog/initializers'
import { sizeOf } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import type { NamedWeight } from './layout'
import { AVERAGE, trainingLayout, type TrainingPlan } from './plan'
import type { StateEntry } from './program'

/** State before the first step, by entry name: initialized weights, statistics and slots. A function of the seed and of
 *  each weight's own name, so that adding a layer does not change how the others start. */
export function initialState(plan: TrainingPlan, entries: readonly StateEntry[], seed: number): Map<string, Float32Array> {
  const { optimizer, averaging } = plan
  const layout = trainingLayout(plan)
  const values = new Map<string, Float32Array>()
  for (const weight of layout.weights) values.set(weight.fullName, initialWeight(weight, seed))
  for (const { fullName, shape, initial } of layout.statistics) values.set(fullName, new Float32Array(sizeOf(shape)).fill(initial))
  for (const { name, initial } of optimizer.rule.slots(optimizer.options)) {
    for (const weight of layout.weights) values.set(`${name}/${weight.fullName}`, new Float32Array(sizeOf(weight.shape)).fill(initial))
  }
  if (averaging !== null) for (const [name, value] of [...values]) values.set(`${AVERAGE}${name}`, value)
  return joinViews(entries, values)
}

function initialWeight({ fullName, shape, fanIn, fanOut, initializer, ones }: NamedWeight, seed: number): Float32Array {
  const definition = initializerRegistry.get(initializer.type)
  if (definition === undefined) throw new Error(`initializer ${initializer.type} is not registered`)
  const values = definition.fill({ shape, fanIn, fanOut, random: randomSource(seed, 'initializer', fullName) }, initializer)
  return ones === undefined ? values : values.fill(1, ...ones)
}

/** Values by view name, put together to entries. Throws when a view's value is missing or of another size. */
export function joinViews(entries: readonly Pick<StateEntry, 'name' | 'shape' | 'views'>[], values: ReadonlyMap<string, Float32Array>): Map<string, Float32Array> {
  return new Map(
    entries.map((entry) => {
      const joined = new Float32Array(sizeOf(entry.shape))
      for (const view of entry.views) {
        const value = values.get(view.name)
        if (value === undefined || value.length !== sizeOf(view.shape)) throw new Error(`state ${view.name} is missing or of another size`)
        joined.set(value, view.offset)
      }
      return [entry.name, joined]
    }),
  )
}

/** Entries taken apart into views, `dense1.kernel` and the like; no copies. */
export function splitViews(entries: readonly Pick<StateEntry, 'name' | 'views'>[], state: ReadonlyMap<string, Float32Array>): Map<string, Float32Array> {
  const values = new Map<string, Float32Array>()
  for (const entry of entries) {
    const joined = state.get(entry.name)
    if (joined === undefined) throw new Error(`state ${entry.name} is missing`)
    for (const view of entry.views) values.set(view.name, joined.subarray(view.offset, view.offset + sizeOf(view.shape)))
  }
  return values
}
