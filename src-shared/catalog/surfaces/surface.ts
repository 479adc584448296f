import type { z } from 'zod'
import type { Tensor } from '@shared/graph'
import type { Definition } from '../definition'

export type Point = readonly [x: number, y: number]

/** A place where the surface is lowest, and how low it is there. */
export interface Minimum {
  readonly at: Point
  readonly value: number
}

/** A function of two variables on which optimizers race. */
export interface SurfaceDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  /** Part of the plane that is shown. */
  readonly view: { readonly x: readonly [number, number]; readonly y: readonly [number, number] }
  /** Where a race starts unless one says otherwise. */
  readonly start: Point
  /** Global minima; empty where there is none, or where it is not known. */
  readonly minima: readonly Minimum[]
  /** A race that shows what is special here: its length, and learning rates by optimizer. */
  readonly showcase: { readonly steps: number; readonly rates: Readonly<Record<string, number>> }
  /** f(x, y), elementwise, for x and y of one shape. */
  lower(x: Tensor, y: Tensor): Tensor
}

/** Checks a definition while keeping the types of its options. */
export function defineSurface<S extends z.ZodObject>(definition: SurfaceDefinition<S>): SurfaceDefinition<S> {
  return definition
}
