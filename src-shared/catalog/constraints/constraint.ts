import type { z } from 'zod'
import type { Tensor } from '@shared/graph'
import type { Definition, OptionsOf } from '../definition'

export interface ConstraintDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  /** The weight brought back to where it may be, after an update. `axes`: those along which one unit's incoming weights
   *  lie; norms are taken over them. */
  project(weight: Tensor, axes: readonly number[], options: OptionsOf<Definition<S>>): Tensor
}

/** Checks a definition while keeping the types of its options. */
export function defineConstraint<S extends z.ZodObject>(definition: ConstraintDefinition<S>): ConstraintDefinition<S> {
  return definition
}
