/** Colors of classes: Okabe–Ito's, in an order whose first ones differ most; more classes use them again. */
const CLASSES = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#8C6BB1', '#4D7C0F', '#B45309', '#475569'] as const

export function classColor(label: number): string {
  return CLASSES[label % CLASSES.length]
}

export type Rgb = readonly [red: number, green: number, blue: number]

export function rgbOf(color: string): Rgb {
  const value = Number.parseInt(color.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

/** Low to high: dark blue, teal, green, yellow; even in lightness, so that it reads without color too (viridis). */
const SCALE: readonly Rgb[] = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
]

/** Color of a value at `share` of its range, from 0 to 1. */
export function scaleColor(share: number): Rgb {
  const place = Math.min(1, Math.max(0, share)) * (SCALE.length - 1)
  const below = Math.min(SCALE.length - 2, Math.floor(place))
  const part = place - below
  const mixed = SCALE[below].map((from, color) => Math.round(from + part * (SCALE[below + 1][color] - from)))
  return [mixed[0], mixed[1], mixed[2]]
}

export function cssColor([red, green, blue]: Rgb): string {
  return `rgb(${red},${green},${blue})`
}
