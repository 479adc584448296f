import { abs, add, cast, div, floor, gather, maximum, minimum, mul, pad, reshape, sub, transpose, type Tensor } from '@shared/graph'
import type { Field, Fill } from '../augmentation'
import { integerRamp } from './grid'

/** The coordinate within 0 … extent − 1 that stands for one beyond it. */
function inside(at: Tensor, extent: number, fill: Fill): Tensor {
  return minimum(maximum(fill === 'reflect' ? reflected(at, extent) : at, 0), extent - 1)
}

/** d c b a | a b c d | d c b a */
function reflected(at: Tensor, extent: number): Tensor {
  const moved = add(at, 0.5)
  const turn = sub(moved, mul(floor(div(moved, 2 * extent)), 2 * extent))
  return sub(extent - 0.5, abs(sub(turn, extent)))
}

/** Pictures `[batch, channels, height, width]` read at the field's places, bilinearly. */
export function sampled(pictures: Tensor, field: Field, fill: Fill): Tensor {
  if (fill === 'zeros') return bilinear(pad(pictures, { before: [0, 0, 1, 1], after: [0, 0, 1, 1], value: 0 }), { x: add(field.x, 1), y: add(field.y, 1) }, 'nearest', pictures.shape)
  return bilinear(pictures, field, fill, pictures.shape)
}

function bilinear(pictures: Tensor, { x, y }: Field, fill: Fill, [batch, channels, height, width]: readonly number[]): Tensor {
  const [, , sourceHeight, sourceWidth] = pictures.shape
  const pixels = reshape(channels === 1 ? pictures : transpose(pictures, [0, 2, 3, 1]), [batch * sourceHeight * sourceWidth, channels])
  const [column, row] = [split(inside(x, sourceWidth, fill), sourceWidth), split(inside(y, sourceHeight, fill), sourceHeight)]
  const starts = integerRamp(pictures, batch, sourceHeight * sourceWidth, [batch, 1, 1])
  const read = (rowIndex: Tensor, columnIndex: Tensor): Tensor => gather(pixels, add(add(mul(rowIndex, sourceWidth), columnIndex), starts))
  const along = (weight: Tensor): Tensor => reshape(weight, [...weight.shape, 1])
  const between = (a: Tensor, b: Tensor, weight: Tensor): Tensor => add(a, mul(sub(b, a), along(weight)))
  const [low, high] = [row.low, row.high].map((index) => between(read(index, column.low), read(index, column.high), column.weight))
  const mixed = between(low, high, row.weight)
  return channels === 1 ? reshape(mixed, [batch, 1, height, width]) : transpose(mixed, [0, 3, 1, 2])
}

/** A coordinate as the pixels on both sides of it and how far it is from the lower. */
function split(at: Tensor, extent: number): { readonly low: Tensor; readonly high: Tensor; readonly weight: Tensor } {
  const below = floor(at)
  return { low: cast(below, 'int32'), high: cast(minimum(add(below, 1), extent - 1), 'int32'), weight: sub(at, below) }
}
