import type { PictureShape } from '@shared/data/picture-shape'

/** Numbers of pictures one after the other, `[count, channels, height, width]`. */
export interface PictureData {
  readonly data: ArrayLike<number>
  readonly shape: PictureShape
  /** Value that is shown black, and value that is shown white. */
  readonly range: readonly [low: number, high: number]
}

/** One picture as RGBA bytes, row by row. */
export function picturePixels({ data, shape: [channels, height, width], range: [low, high] }: PictureData, index: number): Uint8ClampedArray<ArrayBuffer> {
  const size = height * width
  const start = index * channels * size
  const factor = high > low ? 255 / (high - low) : 0
  const pixels = new Uint8ClampedArray(4 * size)
  for (let at = 0; at < size; at++) {
    for (let color = 0; color < 3; color++) pixels[4 * at + color] = (data[start + (channels === 3 ? color * size : 0) + at] - low) * factor
    pixels[4 * at + 3] = 255
  }
  return pixels
}

/** Lowest and highest of all values, for data whose range is not known. */
export function extentOf(data: ArrayLike<number>): readonly [number, number] {
  let low = Infinity
  let high = -Infinity
  for (let index = 0; index < data.length; index++) {
    if (data[index] < low) low = data[index]
    if (data[index] > high) high = data[index]
  }
  return low <= high ? [low, high] : [0, 1]
}
