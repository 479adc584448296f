import type { z } from 'zod'
import type { Shape } from '@shared/graph'
import type { RandomSource } from '@shared/lib/random'
import type { Definition, OptionsOf } from '../definition'

export interface InitializerContext {
  readonly shape: Shape
  readonly fanIn: number
  readonly fanOut: number
  readonly random: RandomSource
}

export interface InitializerDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  /** Fresh values, row-major; deterministic in `random`. */
  fill(context: InitializerContext, options: OptionsOf<Definition<S>>): Float32Array
}

/** Checks a definition while keeping the types of its options. */
export function defineInitializer<S extends z.ZodObject>(definition: InitializerDefinition<S>): InitializerDefinition<S> {
  return definition
}
