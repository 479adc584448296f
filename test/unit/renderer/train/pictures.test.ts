import { describe, expect, it } from 'vitest'
import { fc } from '@test/helpers/property'
import { pictureShape } from '@shared/data/picture-shape'
import { decodeBase64, encodeBase64 } from '@shared/lib/base64'
import { classColor, cssColor, rgbOf, scaleColor } from '@renderer/charts/class-colors'
import { confusionCells, confusionChart } from '@renderer/charts/confusion'
import { planeChart, planePixels } from '@renderer/charts/decision-boundary'
import { histogram } from '@renderer/charts/histogram'
import { extentOf, picturePixels } from '@renderer/charts/image-grid'
import { scheduleCurveChart } from '@renderer/charts/schedule-curve'
import { LIGHT } from '@renderer/charts/theme'

describe('base64', () => {
  it('is that of RFC 4648, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = encodeBase64(bytes)
        expect(text).toBe(Buffer.from(bytes).toString('base64'))
        expect(decodeBase64(text)).toEqual(Uint8Array.from(bytes))
      }),
    )
  })
})

describe('what is a picture', () => {
  it('is an image, or a square row of pixels of a data set of images', () => {
    expect(pictureShape([1, 8, 6], {})).toEqual([1, 8, 6])
    expect(pictureShape([3, 8, 6], {})).toEqual([3, 8, 6])
    expect(pictureShape([2, 8, 6], {})).toBeNull()
    expect(pictureShape([64], { type: 'digits', shape: 'flat' })).toEqual([1, 8, 8])
    expect(pictureShape([192], { shape: 'flat' })).toEqual([3, 8, 8])
    expect(pictureShape([63], { shape: 'flat' })).toBeNull()
    expect(pictureShape([64], { type: 'csv' })).toBeNull()
  })

  it('becomes pixels: one channel gray, three in color', () => {
    expect([...picturePixels({ data: [9, 9, 0, 5, 10], shape: [1, 1, 3], range: [0, 10] }, 0)].slice(0, 4)).toEqual([230, 230, 230, 255])
    expect([...picturePixels({ data: [0, 0, 1, 2, 3, 4, 5, 6], shape: [1, 1, 2], range: [0, 6] }, 2)]).toEqual([128, 128, 128, 255, 170, 170, 170, 255])
    expect([...picturePixels({ data: [255, 0, 0, 255, 0, 255], shape: [3, 1, 2], range: [0, 255] }, 0)]).toEqual([255, 0, 0, 255, 0, 255, 255, 255])
    expect([...picturePixels({ data: [4, 4], shape: [1, 1, 2], range: [4, 4] }, 0)].slice(0, 3)).toEqual([0, 0, 0])
    expect(extentOf([3, -1, 2])).toEqual([-1, 3])
    expect(extentOf([])).toEqual([0, 1])
  })
})

describe('the decision boundary', () => {
  const classes = { kind: 'class', classNames: ['a', 'b', 'c'] } as const

  it('shows each class in its color where it is certain, with the highest y on top', () => {
    const data = encodeBase64(Uint8Array.of(255, 0, 0, /**/ 0, 255, 0, /**/ 0, 0, 255, /**/ 255, 0, 0))
    const pixels = planePixels({ size: 2, outputs: 3, data, range: [0, 1] }, classes)
    const at = (pixel: number): readonly number[] => [...pixels.subarray(4 * pixel, 4 * pixel + 3)]
    expect([0, 1, 2, 3].map(at)).toEqual([2, 0, 0, 1].map((label) => [...rgbOf(classColor(label))]))
  })

  it('mixes two classes by one probability', () => {
    const pixels = planePixels({ size: 1, outputs: 1, data: encodeBase64(Uint8Array.of(255)), range: [0, 1] }, { kind: 'class', classNames: ['no', 'yes'] })
    expect([...pixels.subarray(0, 3)]).toEqual([...rgbOf(classColor(1))])
  })

  it('shows values on the scale of the data', () => {
    const pixels = planePixels({ size: 1, outputs: 1, data: encodeBase64(Uint8Array.of(255)), range: [-5, 5] }, { kind: 'value', range: [-5, 5] })
    expect([...pixels.subarray(0, 3)]).toEqual([...scaleColor(1)])
    expect(cssColor(scaleColor(-3))).toBe(cssColor(scaleColor(0)))
  })

  it('draws every point in the series of its class, and escapes names', () => {
    const option = planeChart({ points: { data: [0, 0, 1, 1, 2, 2], values: [0, 1, 0] }, scale: { kind: 'class', classNames: ['<b>a</b>', 'b'] }, names: ['x', 'y'], range: null, theme: LIGHT }) as {
      readonly series: readonly { readonly data: readonly unknown[]; readonly tooltip: { formatter(item: { value: readonly number[] }): string } }[]
    }
    expect(option.series.map(({ data }) => data.length)).toEqual([2, 1])
    expect(option.series[0].tooltip.formatter({ value: [0, 0, 0] })).not.toContain('<b>')
  })
})

describe('the confusion matrix', () => {
  const values = [8, 2, 0, 0]

  it('shades by the share of the true class and leaves empty cells empty', () => {
    const cells = confusionCells({ values, classNames: ['a', 'b'] })
    expect(cells.map(({ share }) => share)).toEqual([0.8, 0.2, 0, 0])
    expect(cells.map(({ color }) => color === null)).toEqual([false, false, true, true])
    expect(cells[0].strong).toBe(true)
    expect(cells[1].color).toMatch(/^rgba\(213,94,0,/)
  })

  it('has true classes from the top down', () => {
    const option = confusionChart({ values, classNames: ['a', 'b'], words: { truth: 'true', predicted: 'predicted' }, theme: LIGHT }) as { readonly yAxis: { readonly inverse: boolean }; readonly series: readonly { readonly data: unknown }[] }
    expect(option.yAxis.inverse).toBe(true)
    expect(option.series[0].data).toEqual([[0, 0, 8], [1, 0, 2], [0, 1, 0], [1, 1, 0]])
  })
})

describe('other options', () => {
  it('of the histogram and the schedule’s curve', () => {
    const bars = histogram({ names: ['a', 'b'], counts: [3, 4], colored: true, theme: LIGHT }) as { readonly series: readonly { readonly data: readonly { readonly value: number; readonly itemStyle: { readonly color: string } }[] }[] }
    expect(bars.series[0].data.map(({ value, itemStyle }) => [value, itemStyle.color])).toEqual([[3, classColor(0)], [4, classColor(1)]])
    expect(scheduleCurveChart({ x: [0, 1], y: [0.1, 0] }, { name: 'rate', x: 'Epoch' }).yRange).toEqual([0, 0.10500000000000001])
  })
})
