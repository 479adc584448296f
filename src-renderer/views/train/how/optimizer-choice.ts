import { optimizerRegistry, type Dialect, type OptimizerDefinition } from '@shared/catalog/optimizers'
import { DIALECTS } from '@shared/catalog/optimizers/optimizer'
import { defaultDialect } from '@shared/catalog/optimizers/resolve'
import type { Json, JsonObject } from '@renderer/stores/edit'
import type { Experiment } from '@renderer/stores/experiments'
import { withChoiceOption } from '../choice'

/** In the catalog's order. */
export function dialectsOf(definition: OptimizerDefinition): readonly Dialect[] {
  return DIALECTS.filter((dialect) => definition.dialects[dialect] !== undefined)
}

/** Another optimizer: its own defaults, and the same dialect where it has it. Rates of one rule mean little to another. */
export function changeOptimizer(choice: JsonObject, type: string): Json {
  const definition = optimizerRegistry.get(type)
  const { dialect } = choice
  if (dialect === undefined || definition?.dialects[dialect as Dialect] === undefined) return type
  return { type, dialect }
}

/** Another dialect: options that it does not know are left out, the others stay. */
export function changeDialect(choice: JsonObject, definition: OptimizerDefinition, dialect: Dialect): Json {
  const known = { type: null, learningRate: null, weightDecay: null, ...definition.dialects[dialect]?.defaults }
  const kept = Object.fromEntries(Object.entries(choice).filter(([name]) => name in known))
  const next: JsonObject = dialect === defaultDialect(definition) ? kept : { ...kept, dialect }
  return Object.keys(next).length === 1 && typeof next.type === 'string' ? next.type : next
}

/** Gives the experiment's optimizer this learning rate, as one edit that can be undone. */
export function adoptRate(experiment: Experiment, learningRate: number): void {
  const at = ['training', 'optimizer']
  experiment.edit(at, withChoiceOption(experiment.read(at), ['learningRate'], learningRate))
}
