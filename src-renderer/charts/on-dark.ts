import { rgbOf } from './class-colors'
import { DARK } from './theme'

/** Thin lines need more than the 3:1 that WCAG 1.4.11 asks of graphics. */
const LEAST_CONTRAST = 5.5
const SHARE_STEP = 1 / 32
const known = new Map<string, string>()

/** The color as it is shown on the dark theme: its hue, as much nearer to white as a thin line needs. Shown twice, it is the same. */
export function onDark(color: string): string {
  const before = known.get(color)
  if (before !== undefined) return before
  const shown = /^#[0-9a-f]{6}$/i.test(color) ? lightened(color) : color
  known.set(color, shown)
  return shown
}

function lightened(color: string): string {
  const least = LEAST_CONTRAST * (luminance(rgbOf(DARK.surface)) + 0.05) - 0.05
  for (let share = 0; share < 1; share += SHARE_STEP) {
    const mixed = rgbOf(color).map((part) => Math.round(part + share * (255 - part)))
    if (luminance(mixed) >= least) return share === 0 ? color : `#${mixed.map((part) => part.toString(16).padStart(2, '0')).join('')}`
  }
  return '#ffffff'
}

/** WCAG 2.2, relative luminance of an sRGB color. */
export function luminance(rgb: readonly number[]): number {
  const [red, green, blue] = rgb.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const drawn = new WeakMap<object, { readonly color: string }>()

/** What is drawn in a color, in the color's dark shade: the same object for the same, so that nothing is drawn anew. */
export function drawnOnDark<T extends { readonly color: string }>(item: T): T {
  const color = onDark(item.color)
  if (color === item.color) return item
  const before = drawn.get(item) as T | undefined
  if (before !== undefined) return before
  const shade = { ...item, color }
  drawn.set(item, shade)
  return shade
}
