import { describe, expect, test } from 'vitest'
import { RUN_COLORS } from '@shared/lib/run-colors'
import { DARK, LIGHT } from '@renderer/charts/theme'

/** WCAG 2.2, relative luminance of an sRGB color. */
function luminance(color: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a)
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
})
