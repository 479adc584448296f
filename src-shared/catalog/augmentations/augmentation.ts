import type { z } from 'zod'
import type { PictureShape } from '@shared/data/picture-shape'
import type { Shape, Tensor } from '@shared/graph'
import type { Definition, OptionsOf } from '../definition'
import type { TargetInfo } from '../losses/loss'

/** Draws of one step, reproducible from the document's seed. */
export interface AugmentationScope {
  /** Uniform int32 random bits. */
  randomBits(shape: Shape): Tensor
  /** A scalar of the Beta(α, α) distribution. */
  beta(alpha: number): Tensor
}

/** Where every pixel of the new picture is taken from: columns and rows of the old one, `[batch, height, width]` or what
 *  broadcasts to it. Pixel centers have whole numbers. */
export interface Field {
  readonly x: Tensor
  readonly y: Tensor
}

/** What stands beyond the picture's edge. */
export type Fill = 'nearest' | 'reflect' | 'zeros'

/** Moves pixels. Several in a row are composed and sampled once, bilinearly. */
export interface GeometryDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  readonly kind: 'geometry'
  /** Draws a value for every pixel of the new picture: it must be the last of those that are composed. */
  readonly onGrid?: boolean
  /** Source of each pixel, given the place where it is asked for. */
  move(scope: AugmentationScope, at: Field, batch: number, picture: PictureShape, options: OptionsOf<Definition<S>>): Field
}

/** Changes values of pictures `[batch, channels, height, width]`. */
export interface PictureDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  readonly kind: 'picture'
  change(scope: AugmentationScope, pictures: Tensor, options: OptionsOf<Definition<S>>): Tensor
}

/** Changes values of samples of any shape. */
export interface ValuesDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  readonly kind: 'values'
  change(scope: AugmentationScope, features: Tensor, options: OptionsOf<Definition<S>>): Tensor
}

export interface Batch {
  readonly features: Tensor
  readonly targets: Tensor
  readonly info: TargetInfo
}

/** Mixes samples of a batch, and their targets. */
export interface MixingDefinition<S extends z.ZodObject = z.ZodObject> extends Definition<S> {
  readonly kind: 'mixing'
  /** `outputs`: of the model. Targets may leave as numbers where they came as classes. */
  mix(scope: AugmentationScope, batch: Batch, outputs: number, options: OptionsOf<Definition<S>>): Batch
}

export type AugmentationDefinition = GeometryDefinition | PictureDefinition | ValuesDefinition | MixingDefinition

/** Checks a definition while keeping the types of its options. */
export function defineGeometry<S extends z.ZodObject>(definition: GeometryDefinition<S>): GeometryDefinition<S> {
  return definition
}

export function definePicture<S extends z.ZodObject>(definition: PictureDefinition<S>): PictureDefinition<S> {
  return definition
}

export function defineValues<S extends z.ZodObject>(definition: ValuesDefinition<S>): ValuesDefinition<S> {
  return definition
}

export function defineMixing<S extends z.ZodObject>(definition: MixingDefinition<S>): MixingDefinition<S> {
  return definition
}
