import type { Window } from '@shared/catalog/layers/parts/geometry'
import type { Shape } from '@shared/graph'

/**
 * For a pooling that counted its pads as zeros: the factors, by row and column of the output, that make each mean that of
 * the window's elements within the image `[channels, height, width]`.
 */
export function averageShares([, height, width]: Shape, { kernel, strides, pads, output }: Window): { readonly rows: readonly number[]; readonly columns: readonly number[] } {
  const along = (axis: 0 | 1, extent: number): number[] =>
    Array.from({ length: output[axis] }, (_, place) => {
      const start = place * strides[axis] - pads[axis]
      return kernel[axis] / (Math.min(start + kernel[axis], extent) - Math.max(start, 0))
    })
  return { rows: along(0, height), columns: along(1, width) }
}
