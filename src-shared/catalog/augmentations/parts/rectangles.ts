import { abs, greater, logicalAnd, sub, type Tensor } from '@shared/graph'
import { ramp } from './grid'

/** Of each sample, `[batch, 1, 1, 1]`, in pixels. */
export interface Rectangle {
  readonly centerX: Tensor
  readonly centerY: Tensor
  readonly halfWidth: Tensor | number
  readonly halfHeight: Tensor | number
}

/** True within the rectangle, `[batch, 1, height, width]`. A pixel belongs to it by its center. */
export function within(pictures: Tensor, { centerX, centerY, halfWidth, halfHeight }: Rectangle): Tensor {
  const [, , height, width] = pictures.shape
  const near = (extent: number, shape: readonly number[], center: Tensor, half: Tensor | number): Tensor => {
    const distance = abs(sub(ramp(pictures, extent, shape), center))
    return greater(half, distance)
  }
  return logicalAnd(near(width, [1, 1, 1, width], centerX, halfWidth), near(height, [1, 1, height, 1], centerY, halfHeight))
}
