import { describe, expect, it } from 'vitest'
import { fc } from '@test/helpers/property'
import { Extremes } from '@renderer/charts/extremes'
import { smooth } from '@renderer/charts/smooth'
import { GrowingSeries } from '@renderer/stores/series'
import { LiveCurve } from '@renderer/views/train/now/live-curve'
import { MetricChart, type ChartSettings } from '@renderer/views/train/now/metric-chart'

function series(values: readonly number[], first = 1): readonly [Float64Array, Float64Array, Float64Array] {
  const steps = Float64Array.from(values, (_, index) => first + index)
  return [steps, steps.map((step) => step / 100), Float64Array.from(values)]
}

describe('extremes of a growing curve', () => {
  it('shows every point while there are few', () => {
    const extremes = new Extremes()
    ;[3, 1, 2].forEach((y, x) => extremes.push(x, y))
    extremes.push(3, NaN)
    expect(extremes.points()).toEqual({ x: Float64Array.of(0, 1, 2), y: Float64Array.of(3, 1, 2) })
    expect(new Extremes().points().x.length).toBe(0)
  })

  it('keeps first, last, lowest and highest of a long curve, in order, in bounded room', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4000, max: 60_000 }), fc.integer({ min: 0, max: 3999 }), fc.integer({ min: 0, max: 3999 }), (length, peak, pit) => {
        fc.pre(peak !== pit)
        const extremes = new Extremes()
        for (let x = 0; x < length; x++) extremes.push(x, x === peak ? 1e6 : x === pit ? -1e6 : Math.sin(x))
        const { x, y } = extremes.points()
        expect(x.length).toBeLessThanOrEqual(2 * 4096 + 2)
        expect([...x].every((value, at) => at === 0 || value > x[at - 1])).toBe(true)
        expect([x[0], x[x.length - 1]]).toEqual([0, length - 1])
        expect(y[x.indexOf(peak)]).toBe(1e6)
        expect(y[x.indexOf(pit)]).toBe(-1e6)
      }),
      { numRuns: 20 },
    )
  })
})

describe('points of a live metric', () => {
  it('stay bounded, extremes and the last point kept, and say from where they are complete', () => {
    const own = new GrowingSeries()
    const chunk = 5000
    for (let first = 1; first <= 600_000; first += chunk) {
      own.append(...series(Array.from({ length: chunk }, (_, index) => (first + index === 123_456 ? 99 : first + index === 234_567 ? -99 : 0)), first))
    }
    expect(own.length).toBeLessThanOrEqual(2 ** 18)
    expect(own.total).toBe(600_000)
    expect(own.completeFrom).toBeGreaterThan(0)
    expect([own.steps[own.values.indexOf(99)], own.steps[own.values.indexOf(-99)]]).toEqual([123_456, 234_567])
    expect([own.steps[0], own.steps[own.length - 1]]).toEqual([1, 600_000])
    expect(own.steps.every((step, at) => at === 0 || step > own.steps[at - 1])).toBe(true)
    own.clear()
    expect([own.length, own.total, own.generation]).toEqual([0, 0, 1])
  })
})

describe('a live curve', () => {
  const noise = Array.from({ length: 900 }, (_, index) => Math.sin(index * 12.9898) * 3 + index / 100)

  it('is the smoothed curve, whatever ticks its points come in', () => {
    const own = new GrowingSeries()
    const curve = new LiveCurve(0.9, 1)
    for (const [from, to] of [[0, 1], [1, 7], [7, 500], [500, 900]]) {
      own.append(...series(noise.slice(from, to), from + 1))
      curve.update(own)
      curve.update(own)
    }
    const expected = smooth(noise, 0.9)
    const { x, y } = curve.smoothed()
    expect(x.length).toBe(900)
    expect(Array.from(x)).toEqual(noise.map((_, index) => index + 1))
    for (let at = 0; at < 900; at++) expect(y[at]).toBeCloseTo(expected[at], 12)
    expect(Array.from(curve.raw().y)).toEqual(noise)
  })

  it('starts over when the run went back, and counts x in its unit', () => {
    const own = new GrowingSeries()
    const curve = new LiveCurve(0, 10)
    own.append(...series([5, 4, 3]))
    curve.update(own)
    own.clear()
    own.append(...series([7, 6]))
    curve.update(own)
    expect(curve.smoothed()).toEqual({ x: Float64Array.of(0.1, 0.2), y: Float64Array.of(7, 6) })
  })

  it('reads on behind a series that left points out, and starts over when it missed some', () => {
    const [watched, late] = [new LiveCurve(0, 1), new LiveCurve(0, 1)]
    const own = new GrowingSeries()
    for (let first = 1; first <= 400_000; first += 10_000) {
      own.append(...series(Array.from({ length: 10_000 }, (_, index) => Math.sin(first + index)), first))
      watched.update(own)
      if (first < 20_000) late.update(own)
    }
    late.update(own)
    for (const curve of [watched, late]) {
      const { x } = curve.raw()
      expect(x[0]).toBe(1)
      expect(x[x.length - 1]).toBe(400_000)
    }
  })
})

describe('the chart of a metric', () => {
  const settings: ChartSettings = { per: 'step', x: 'epoch', smoothing: 0.5, logarithmic: false }
  const group = { name: 'loss', step: 'train.loss', epoch: 'epoch.loss', validation: 'val.loss' }
  const all = new Map<string, GrowingSeries>()
  for (const [key, values] of [['train.loss', Array.from({ length: 100 }, (_, index) => 1 / (index + 1))], ['epoch.loss', [0.5]], ['val.loss', [0.4, 0.3]]] as const) {
    const own = new GrowingSeries()
    own.append(...series(values))
    all.set(key, own)
  }
  const input = { group, series: all, settings, stepsPerEpoch: 10, marks: [{ x: 20, label: 'η' }], range: null, color: '#0072B2', growing: false, names: { train: 'training', validation: 'validation', x: 'Epoch' } }

  it('has the raw curve behind the smoothed one, validation dashed, marks at their place', () => {
    const chart = new MetricChart().chart(input)
    expect(chart.series.map(({ id, faint, dashed }) => [id, faint ?? false, dashed ?? false])).toEqual([
      ['raw', true, false],
      ['train', false, false],
      ['validation', false, true],
    ])
    expect(chart.marks).toEqual([{ x: 2, label: 'η' }])
    expect(chart.series.every(({ live }) => live === false)).toBe(true)
  })

  it('grows while its run does, with the same marks from tick to tick', () => {
    const maker = new MetricChart()
    const chart = maker.chart({ ...input, growing: true })
    expect(chart.series.every(({ live }) => live === true)).toBe(true)
    expect(maker.chart({ ...input, growing: true }).marks).toBe(chart.marks)
    expect(maker.chart({ ...input, growing: true, stepsPerEpoch: 5 }).marks).toEqual([{ x: 4, label: 'η' }])
    expect(chart.series[1].points.x[99]).toBe(10)
  })

  it('shows epochs as they are, and the learning rate unsmoothed', () => {
    const byEpoch = new MetricChart().chart({ ...input, settings: { ...settings, per: 'epoch', x: 'step' } })
    expect(byEpoch.series.map(({ id }) => id)).toEqual(['train', 'validation'])
    expect(Array.from(byEpoch.series[0].points.y)).toEqual([0.5])
    const rate = new MetricChart().chart({ ...input, group: { name: 'learningRate', step: 'train.loss', epoch: null, validation: null } })
    expect(rate.series.map(({ id }) => id)).toEqual(['train'])
  })

  it('has every point of the part that is zoomed to, and still reaches over the whole', () => {
    const own = new GrowingSeries()
    own.append(...series(Array.from({ length: 50_000 }, (_, index) => Math.sin(index))))
    const chart = new MetricChart().chart({ ...input, series: new Map([['train.loss', own]]), settings: { ...settings, x: 'step', smoothing: 0 }, range: [20_000, 20_100] })
    const { x, y } = chart.series[0].points
    const inside = Array.from(x).filter((step) => step >= 20_000 && step <= 20_100)
    expect(inside).toEqual(Array.from({ length: 101 }, (_, index) => 20_000 + index))
    expect(y[Array.from(x).indexOf(20_050)]).toBe(Math.sin(20_049))
    expect([x[0], x[x.length - 1]]).toEqual([1, 50_000])
    expect(Array.from(x).every((step, at) => at === 0 || step > x[at - 1])).toBe(true)
  })
})
