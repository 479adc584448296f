import type { Shape } from '@shared/graph'

/** `[channels, height, width]` of samples that are pictures. */
export type PictureShape = readonly [channels: number, height: number, width: number]

/**
 * How to show a sample as a picture, or null where it is none: samples of one gray or three color channels, and rows of
 * pixels of data sets that can give pictures as rows (`shape: "flat"`), which are taken to be square.
 */
export function pictureShape(sample: Shape, dataset: object): PictureShape | null {
  if (sample.length === 3 && (sample[0] === 1 || sample[0] === 3)) return [sample[0], sample[1], sample[2]]
  if (sample.length !== 1 || !('shape' in dataset) || dataset.shape !== 'flat') return null
  for (const channels of [1, 3]) {
    const side = Math.round(Math.sqrt(sample[0] / channels))
    if (side > 1 && channels * side * side === sample[0]) return [channels, side, side]
  }
  return null
}
