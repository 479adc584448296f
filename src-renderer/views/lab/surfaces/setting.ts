import { surfaces } from '@shared/catalog/surfaces'
import { showcaseOf } from '@shared/surfaces'
import type { Json, JsonObject } from '@renderer/stores/edit'

/** What a race on an expression starts with. */
const EXPRESSION: JsonObject = { expression: 'x^2/20 + y^2 + sin(2x)', x: [-8, 8], y: [-4, 4] }
const USUAL: JsonObject = {
  steps: 200,
  racers: [
    { optimizer: { type: 'sgd', learningRate: 0.1 } },
    { optimizer: { type: 'momentum', learningRate: 0.05 } },
    { optimizer: { type: 'rmsprop', learningRate: 0.1 } },
    { optimizer: { type: 'adam', learningRate: 0.2 } },
  ],
}

/** The race that a surface suggests, in full. */
export function suggestedRace(surface: Json): JsonObject {
  return { surface, ...((typeof surface === 'string' ? showcaseOf(surface) : null) ?? USUAL) } as JsonObject
}

export const FIRST_RACE = suggestedRace(surfaces[0].type)

/** The race on another surface: who was not chosen by hand makes room for those whom the new surface suggests. */
export function withSurface(race: JsonObject, chosen: string | null): JsonObject {
  const surface = chosen ?? (typeof race.surface === 'object' ? race.surface : EXPRESSION)
  const untouched = JSON.stringify(race.racers) === JSON.stringify(suggestedRace(race.surface).racers)
  if (untouched) return suggestedRace(surface)
  const { start: _, ...kept } = race
  return { ...kept, surface }
}
