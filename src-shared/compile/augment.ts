import type { AugmentationDefinition, AugmentationScope, Batch, Field, Fill } from '@shared/catalog/augmentations'
import { ramp } from '@shared/catalog/augmentations/parts/grid'
import { sampled } from '@shared/catalog/augmentations/parts/sampling'
import type { PictureShape } from '@shared/data/picture-shape'
import { evaluateGraph, Graph, reshape, sizeOf, type Shape, type Tensor, type Values } from '@shared/graph'
import type { Chosen } from './plan'
import { RandomStreams, randomValue } from './streams'

/** A definition's options, validated by the document's schema. */
export type ChosenAugmentation = Chosen<AugmentationDefinition, Readonly<Record<string, unknown>>>

export interface AugmentationPlan {
  /** In the order in which they apply. */
  readonly chosen: readonly ChosenAugmentation[]
  /** What a sample is as a picture; null where it is none. */
  readonly picture: PictureShape | null
}

interface Placed {
  /** In the document's list: names its random streams. */
  readonly index: number
  readonly entry: ChosenAugmentation
}

/** One that stands alone, or moves that are composed into one sampling. */
type Stage = ({ readonly kind: 'single' } & Placed) | { readonly kind: 'moves'; readonly fill: Fill; readonly members: readonly Placed[] }

function stagesOf(chosen: readonly ChosenAugmentation[]): readonly Stage[] {
  return chosen.reduce<readonly Stage[]>((stages, entry, index) => {
    const { definition, options } = entry
    if (definition.kind !== 'geometry') return [...stages, { kind: 'single', index, entry }]
    const last = stages.at(-1)
    const fill = options.fill as Fill
    // A field that does not follow others ends what it stands in: it sees the grid itself.
    if (last?.kind === 'moves' && last.fill === fill && !endsWithGrid(last.members)) return [...stages.slice(0, -1), { ...last, members: [...last.members, { index, entry }] }]
    return [...stages, { kind: 'moves', fill, members: [{ index, entry }] }]
  }, [])
}

function endsWithGrid(members: readonly Placed[]): boolean {
  const last = members.at(-1)?.entry.definition
  return last?.kind === 'geometry' && last.onGrid === true
}

/** The batch as training sees it. `outputs`: of the model. */
export function augmentBatch({ chosen, picture }: AugmentationPlan, streams: RandomStreams, batch: Batch, outputs: number): Batch {
  return stagesOf(chosen).reduce((current, stage) => {
    if (stage.kind === 'moves') return { ...current, features: moved(stage, streams, current.features, pictureOf(picture)) }
    const { definition, options } = stage.entry
    const scope = scopeOf(streams, stage.index)
    switch (definition.kind) {
      case 'picture':
        return { ...current, features: onPictures(current.features, pictureOf(picture), (pictures) => definition.change(scope, pictures, options)) }
      case 'values':
        return { ...current, features: definition.change(scope, current.features, options) }
      case 'mixing':
        return definition.mix(scope, current, outputs, options)
      case 'geometry':
        throw new Error('moves are composed')
    }
  }, batch)
}

function pictureOf(picture: PictureShape | null): PictureShape {
  if (picture === null) throw new Error('an augmentation of pictures passed the check of samples that are none')
  return picture
}

/** The last move sees the places asked for, the first one those that all others lead to. */
function moved({ fill, members }: Extract<Stage, { kind: 'moves' }>, streams: RandomStreams, features: Tensor, picture: PictureShape): Tensor {
  const [batch] = features.shape
  const [, height, width] = picture
  const grid: Field = { x: ramp(features, width, [1, 1, width]), y: ramp(features, height, [1, height, 1]) }
  const field = members.reduceRight<Field>((at, { index, entry: { definition, options } }) => {
    if (definition.kind !== 'geometry') throw new Error(`${definition.type} moves nothing`)
    return definition.move(scopeOf(streams, index), at, batch, picture, options)
  }, grid)
  return onPictures(features, picture, (pictures) => sampled(pictures, field, fill))
}

function onPictures(features: Tensor, picture: PictureShape, change: (pictures: Tensor) => Tensor): Tensor {
  const [batch] = features.shape
  return reshape(change(reshape(features, [batch, ...picture])), features.shape)
}

function scopeOf(streams: RandomStreams, index: number): AugmentationScope {
  let count = 0
  const name = (): string => `augmentation/${index}/${count++}`
  return { randomBits: (shape) => streams.bits(name(), shape), beta: (alpha) => streams.beta(name(), alpha) }
}

/** Samples as a step of training would see them, mixing included; features `[count, …sample]`. For previews: computed in
 *  float64 by the reference interpreter. */
export function previewAugmentation(plan: AugmentationPlan, sample: Shape, features: Float32Array, { seed, step }: { readonly seed: number; readonly step: number }): Float32Array {
  const count = features.length / sizeOf(sample)
  if (plan.chosen.length === 0 || count === 0) return features
  const graph = new Graph()
  const streams = new RandomStreams(graph)
  const shape = [count, ...sample]
  const batch: Batch = { features: graph.input('features', 'float32', shape), targets: graph.input('targets', 'float32', [count, 1]), info: { kind: 'value', shape: [1], names: [] } }
  const augmented = augmentBatch(plan, streams, batch, 1)
  const feeds = new Map<string, Values>([
    ['features', { shape, data: Float64Array.from(features) }],
    ['targets', { shape: [count, 1], data: new Float64Array(count) }],
  ])
  for (const { name, source, shape: size } of streams.inputs) feeds.set(name, { shape: size, data: Float64Array.from(randomValue(source, seed, step)) })
  return Float32Array.from(evaluateGraph([augmented.features], feeds)[0].data)
}
