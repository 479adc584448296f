import type { z } from 'zod'
import type { Tensor } from '@shared/graph'
import type { Definition, OptionsOf } from '../definition'

/** Elementwise, except softmax (over the last axis). Used by the `activation` layer and the `activation` option. */
export interface ActivationDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  lower(x: Tensor, options: OptionsOf<Definition<S>>): Tensor
}

/** Checks a definition while keeping the types of its options. */
export function defineActivation<S extends z.ZodObject>(definition: ActivationDefinition<S>): ActivationDefinition<S> {
  return definition
}
