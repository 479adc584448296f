import { describe, expect, test } from 'vitest'
import { RUN_COLORS } from '@shared/lib/run-colors'
import { racerColor } from '@shared/surfaces'
import { rgbOf } from '@renderer/charts/class-colors'
import { drawnOnDark, luminance, onDark } from '@renderer/charts/on-dark'
import { DARK, LIGHT } from '@renderer/charts/theme'

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(rgbOf(one)), luminance(rgbOf(other))].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

describe('colors of runs', () => {
  test('the measure is right', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 10)
  })

  test.each([...RUN_COLORS])('%s is told from the surface of either theme, as WCAG 1.4.11 asks of graphics', (color) => {
    expect(contrast(color, LIGHT.surface)).toBeGreaterThanOrEqual(3)
    expect(contrast(color, DARK.surface)).toBeGreaterThanOrEqual(3)
  })

  test('no two are the same', () => {
    expect(new Set(RUN_COLORS).size).toBe(RUN_COLORS.length)
  })

  test.each([...RUN_COLORS, ...Array.from({ length: 12 }, (_, index) => racerColor(index)), '#000000'])('a thin line of %s reads on the dark theme, and what reads already stays', (color) => {
    expect(contrast(onDark(color), DARK.surface)).toBeGreaterThanOrEqual(5.5)
    expect(onDark(onDark(color))).toBe(onDark(color))
    if (contrast(color, DARK.surface) >= 5.5) expect(onDark(color)).toBe(color)
  })

  test('no two are the same on the dark theme; a color by its name stays', () => {
    expect(new Set(RUN_COLORS.map(onDark)).size).toBe(RUN_COLORS.length)
    expect(onDark('red')).toBe('red')
  })

  test('what is drawn in a shade is the same object for the same', () => {
    const dark = { id: 'a', color: '#000000' }
    expect(drawnOnDark(dark)).toBe(drawnOnDark(dark))
    expect(drawnOnDark(dark)).toEqual({ id: 'a', color: onDark('#000000') })
    const bright = { color: '#ffffff' }
    expect(drawnOnDark(bright)).toBe(bright)
  })
})
