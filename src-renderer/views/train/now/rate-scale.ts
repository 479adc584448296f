/** The slider goes from a hundredth to a hundredfold of where it was centered, in equal factors. */
const DECADES = 2

/** Learning rate at a position from −1 to 1 around a center above 0; three digits, as a person would write it. */
export function rateAtPosition(position: number, center: number): number {
  return Number((center * 10 ** (DECADES * position)).toPrecision(3))
}

export function positionOf(rate: number, center: number): number {
  if (!(rate > 0)) return -1
  return Math.min(1, Math.max(-1, Math.log10(rate / center) / DECADES))
}

/** Lowest and highest rate on the scale. */
export function rateSpan(center: number): readonly [number, number] {
  return [center / 10 ** DECADES, center * 10 ** DECADES]
}
