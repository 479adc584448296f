import type { z } from 'zod'
import { datasets } from '@shared/catalog/datasets'
import type { TargetInfo } from '@shared/catalog/losses'
import { sizeOf, type Shape } from '@shared/graph'
import { answersEverywhere, trainingFor } from './ends'
import type { Template } from './template'

type Document = Readonly<Record<string, unknown>>
type Part = Readonly<Record<string, unknown>>

/** What is known of the data set of a document. */
interface KnownData {
  readonly sample: Shape
  readonly target: TargetInfo
}

/**
 * One sample as an image: as it is, or as the square of pixels that the data set can also give, where it is one of
 * those that come flat or as images.
 */
export function imageShapeOf(document: Document, sample: Shape): Shape | null {
  if (sample.length === 3) return sample
  if (!offersImages(document)) return null
  const pixels = sizeOf(sample)
  const side = Math.sqrt(pixels)
  if (Number.isInteger(side)) return [1, side, side]
  const colorSide = Math.sqrt(pixels / 3)
  return Number.isInteger(colorSide) ? [3, colorSide, colorSide] : null
}

/** Why a template does not fit the data; null where it does. */
export function missingFor(template: Template, document: Document, { sample, target }: KnownData): 'image' | 'text' | 'class' | 'value' | 'single' | null {
  if (template.needs.image && imageShapeOf(document, sample) === null) return 'image'
  if (template.needs.text === true && asPart(document.dataset).type !== 'text') return 'text'
  if (answersEverywhere(target) && template.needs.text !== true) return 'single'
  return template.needs.target === null || template.needs.target === target.kind ? null : template.needs.target
}

/**
 * The document with the template as its model, and the loss and metrics that go with it. The data set stays; where the
 * template is made for images, it is told to give them as images. Positions of the old model's nodes go.
 */
export function applyTemplate(template: Template, document: Document, { sample, target }: KnownData): Document {
  const image = imageShapeOf(document, sample)
  const asImages = template.needs.image && image !== null && sample.length !== 3
  const model = template.model({ sample: asImages ? image : sample, image, target })
  const { nodes: _, ...view } = asPart(document.view)
  const { view: __, ...rest } = document
  const dataset = asPart(document.dataset)
  const shown = asImages ? { ...dataset, shape: 'image' } : dataset
  const reconstructs = template.reconstructs === true
  return {
    ...rest,
    ...(asImages || reconstructs ? { dataset: reconstructs ? { ...shown, preprocess: { ...asPart(dataset.preprocess), targets: 'input' } } : shown } : {}),
    model,
    training: { ...asPart(document.training), ...(reconstructs ? { loss: 'meanSquaredError', metrics: ['meanAbsoluteError'] } : trainingFor(target, String(dataset.type))) },
    ...(Object.keys(view).length === 0 ? {} : { view }),
  }
}

/** Whether the data set has a `shape` option that knows the word `image`. */
function offersImages(document: Document): boolean {
  const definition = datasets.get(String(asPart(document.dataset).type))
  const shape = definition?.options.shape.shape as z.ZodType | undefined
  return shape?.safeParse('image').success === true
}

function asPart(value: unknown): Part {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Part) : {}
}
