import type { z } from 'zod'
import type { Tensor } from '@shared/graph'
import type { Definition, OptionsOf } from '../definition'

export interface RegularizerDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  /** Scalar added to the objective; its gradient comes from autodiff. */
  penalty(weight: Tensor, options: OptionsOf<Definition<S>>): Tensor
}

/** Checks a definition while keeping the types of its options. */
export function defineRegularizer<S extends z.ZodObject>(definition: RegularizerDefinition<S>): RegularizerDefinition<S> {
  return definition
}
