import type { Window1d } from '@shared/catalog/layers/parts/window1d'

/** As `averageShares`, by output step: for a pooling that counted its pads as zeros. */
export function averageShares1d(steps: number, { size, stride, pads, output }: Window1d): readonly number[] {
  return Array.from({ length: output }, (_, place) => {
    const start = place * stride - pads[0]
    return size / (Math.min(start + size, steps) - Math.max(start, 0))
  })
}
