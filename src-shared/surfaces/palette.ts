/** Okabe–Ito's colors for all kinds of sight, extended by darker relatives; black and yellow left out for contrast. */
const RACER_COLORS = ['#0072B2', '#D55E00', '#009E73', '#CC79A7', '#E69F00', '#56B4E9', '#8C6BB1', '#4D7C0F', '#B45309', '#0F766E', '#BE185D', '#475569'] as const

export function racerColor(index: number): string {
  return RACER_COLORS[index % RACER_COLORS.length]
}

/** What a picture is drawn in beside the racers. */
export interface SurfaceTheme {
  readonly text: string
  readonly soft: string
  readonly line: string
  readonly background: string
  /** Color of the lowest and of the highest ground. */
  readonly low: string
  readonly high: string
}

export const LIGHT_SURFACE: SurfaceTheme = { text: '#1c2430', soft: '#525c6b', line: '#8b97a8', background: '#ffffff', low: '#bcd3ec', high: '#fbfcfe' }
export const DARK_SURFACE: SurfaceTheme = { text: '#e6e9ee', soft: '#a7b0bd', line: '#5a6678', background: '#1b2028', low: '#0e2440', high: '#2b323d' }

/** Color of ground at `share` of the levels, 0 the lowest. */
export function groundColor({ low, high }: SurfaceTheme, share: number): string {
  const [from, to] = [channels(low), channels(high)]
  return `#${from.map((value, index) => Math.round(value + share * (to[index] - value)).toString(16).padStart(2, '0')).join('')}`
}

export function channels(color: string): readonly number[] {
  return [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16))
}
