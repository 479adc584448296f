import { activations } from '@shared/catalog/activations'
import { augmentations } from '@shared/catalog/augmentations'
import { constraints } from '@shared/catalog/constraints'
import { averagings } from '@shared/catalog/averaging'
import { clippings } from '@shared/catalog/clipping'
import { datasetDefinitions } from '@shared/catalog/datasets'
import { registry, type Definition } from '@shared/catalog/definition'
import { initializers } from '@shared/catalog/initializers'
import { losses } from '@shared/catalog/losses'
import { metrics } from '@shared/catalog/metrics'
import { optimizers } from '@shared/catalog/optimizers'
import { regularizers } from '@shared/catalog/regularizers'
import { schedules } from '@shared/catalog/schedules'
import { stoppings } from '@shared/catalog/stopping'

/** Every registry that a choice can be out of. */
const CATALOGS: readonly ReadonlyMap<string, Definition>[] = [
  activations,
  initializers,
  regularizers,
  constraints,
  augmentations,
  optimizers,
  schedules,
  clippings,
  averagings,
  stoppings,
  losses,
  metrics,
  datasetDefinitions,
].map((definitions: readonly Definition[]) => registry(definitions))

/** The registry that has all of these types: a schema names the types only, people want titles and help. */
export function catalogOf(types: readonly string[]): ReadonlyMap<string, Definition> | null {
  return CATALOGS.find((catalog) => types.every((type) => catalog.has(type))) ?? null
}
