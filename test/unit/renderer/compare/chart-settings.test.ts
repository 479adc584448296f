import { describe, expect, it } from 'vitest'
import { INITIAL, initialChart, isCompareSettings, moved, shownCharts, withCharts } from '@renderer/views/compare/chart-settings'
import { wordsOf } from '@renderer/views/compare/words'

const names = (charts: readonly { readonly metric: string }[]): string[] => charts.map(({ metric }) => metric)

describe('remembered settings', () => {
  it('are refused when they are none', () => {
    expect(isCompareSettings(INITIAL)).toBe(true)
    expect(isCompareSettings({ ...INITIAL, charts: [initialChart('loss')] })).toBe(true)
    for (const wrong of [null, 3, {}, { ...INITIAL, columns: 9 }, { ...INITIAL, parts: ['x'] }, { ...INITIAL, grouping: { by: 'field' } }, { ...INITIAL, charts: [{ metric: 'loss' }] }, { ...INITIAL, charts: [{ ...initialChart('loss'), smoothing: 1 }] }, { ...INITIAL, band: '' }]) {
      expect(isCompareSettings(wrong)).toBe(false)
    }
  })

  it('keep the order of charts and put new metrics last', () => {
    const settings = { ...INITIAL, charts: [initialChart('accuracy'), initialChart('loss')] }
    expect(names(shownCharts(settings, ['loss', 'accuracy', 'f1', 'learningRate']))).toEqual(['accuracy', 'loss', 'f1'])
  })

  it('show new charts as the others are', () => {
    const settings = { ...INITIAL, charts: [{ ...initialChart('loss'), x: 'epoch' as const, smoothing: 0.5, yScale: 'log' as const }] }
    expect(shownCharts(settings, ['loss', 'f1'])[1]).toMatchObject({ metric: 'f1', x: 'epoch', smoothing: 0.5, yScale: 'linear' })
  })

  it('keep those of metrics that are not shown now', () => {
    const settings = { ...INITIAL, charts: [initialChart('f1'), initialChart('loss')] }
    expect(names(withCharts(settings, [initialChart('loss')]).charts)).toEqual(['f1', 'loss'])
  })

  it('move charts as far as there are places', () => {
    const charts = ['a', 'b', 'c'].map(initialChart)
    expect(names(moved(charts, 'a', 1))).toEqual(['b', 'a', 'c'])
    expect(names(moved(charts, 'a', 99))).toEqual(['b', 'c', 'a'])
    expect(names(moved(charts, 'c', -1))).toEqual(['c', 'a', 'b'])
    expect(names(moved(charts, 'x', 0))).toEqual(['a', 'b', 'c'])
  })
})

describe('words', () => {
  it('say how a chart is drawn', () => {
    expect(wordsOf(initialChart('loss'), { complete: true, cut: false, zoomed: false }).map(({ key }) => key)).toEqual(['byStep', 'everyPoint'])
    const all = { ...initialChart('loss'), x: 'seconds' as const, xScale: 'log' as const, yScale: 'log' as const, smoothing: 0.6 }
    expect(wordsOf(all, { complete: false, cut: true, zoomed: true })).toEqual([
      { key: 'bySeconds', args: {} },
      { key: 'ema', args: { weight: '0.6' } },
      { key: 'logX', args: {} },
      { key: 'logY', args: {} },
      { key: 'zoomedIn', args: {} },
      { key: 'meanShared', args: {} },
      { key: 'extremesExact', args: {} },
    ])
  })
})
