import { encodeBase64 } from '@shared/lib/base64'
import type { PictureShape } from '@shared/data/picture-shape'
import type { DataPart, FittedPreprocessing } from '@shared/data/types'
import { sizeOf } from '@shared/graph'
import type { Pictures } from '@shared/protocol/snapshot'

/** Longest side of a picture as it is sent; larger ones are thinned out. */
const LONGEST_SIDE = 64

/** The samples as bytes, the darkest value of them all 0 and the brightest 255. */
export function encodePictures(part: DataPart, rows: readonly number[], shape: PictureShape, fitted: FittedPreprocessing): Pick<Pictures, 'shape' | 'count' | 'data'> {
  const every = Math.ceil(Math.max(shape[1], shape[2]) / LONGEST_SIDE)
  const small: PictureShape = [shape[0], Math.ceil(shape[1] / every), Math.ceil(shape[2] / every)]
  const values = new Float32Array(rows.length * sizeOf(small))
  let to = 0
  for (const row of rows) {
    const raw = rawSample(part, row, sizeOf(shape), fitted)
    for (let channel = 0; channel < shape[0]; channel++) {
      for (let y = 0; y < shape[1]; y += every) {
        for (let x = 0; x < shape[2]; x += every) values[to++] = raw((channel * shape[1] + y) * shape[2] + x)
      }
    }
  }
  return { shape: small, count: rows.length, data: encodeBase64(asBytes(values)) }
}

/** Values before preprocessing, so that channels keep their proportions. */
function rawSample(part: DataPart, row: number, size: number, fitted: FittedPreprocessing): (element: number) => number {
  const start = row * size
  if (fitted.kind === 'columns') return (element) => part.features[start + element]
  const { shift, scale } = fitted
  const group = size / scale.length
  return (element) => {
    const at = Math.floor(element / group)
    return part.features[start + element] / scale[at] + shift[at]
  }
}

function asBytes(values: Float32Array): Uint8Array {
  let low = Infinity
  let high = -Infinity
  for (const value of values) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const factor = high > low ? 255 / (high - low) : 0
  return Uint8Array.from(values, (value) => Math.round((value - low) * factor))
}
