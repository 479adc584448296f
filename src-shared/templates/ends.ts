import { datasets } from '@shared/catalog/datasets'
import type { TargetInfo } from '@shared/catalog/losses'
import { sizeOf, type Shape } from '@shared/graph'
import type { TemplateNode } from './template'

/** The last layers for a target: one probability per class, one for two classes, or plain values. */
export function outputNodes(target: TargetInfo): readonly TemplateNode[] {
  if (target.kind === 'class') {
    return target.classes === 2 ? [{ id: 'output', type: 'dense', units: 1, activation: 'sigmoid' }] : [{ id: 'output', type: 'dense', units: target.classes, activation: 'softmax' }]
  }
  const values: TemplateNode = { id: 'output', type: 'dense', units: sizeOf(target.shape) }
  return target.shape.length === 1 ? [values] : [{ ...values, id: 'values' }, { id: 'output', type: 'reshape', shape: target.shape }]
}

/** Whether the model is to predict at every position. */
export function answersEverywhere(target: TargetInfo): boolean {
  return target.kind === 'class' && target.positions !== undefined
}

/** Loss and metrics that go with {@link outputNodes}, for a data set of this type. */
export function trainingFor(target: TargetInfo, dataset: string): { readonly loss: string; readonly metrics: readonly string[] } {
  if (target.kind === 'value') return { loss: 'meanSquaredError', metrics: ['meanAbsoluteError', 'r2'] }
  const loss = target.classes === 2 ? 'binaryCrossentropy' : 'categoricalCrossentropy'
  return { loss, metrics: datasets.get(dataset)?.metrics ?? ['accuracy', 'confusionMatrix'] }
}

/** Samples as the vectors that dense layers take. */
export function vectorInput(sample: Shape): readonly TemplateNode[] {
  const input: TemplateNode = { id: 'input', type: 'input' }
  return sample.length === 1 ? [input] : [input, { id: 'flatten', type: 'flatten' }]
}

/** Samples as the images that convolutions take. */
export function imageInput(sample: Shape, image: Shape): readonly TemplateNode[] {
  const input: TemplateNode = { id: 'input', type: 'input' }
  return sample.length === 3 ? [input] : [input, { id: 'image', type: 'reshape', shape: image }]
}

/** How often an image can be halved before it is smaller than 4×4, at most `most` times. */
export function halvings([, height, width]: Shape, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(Math.log2(Math.min(height, width) / 2))))
}
