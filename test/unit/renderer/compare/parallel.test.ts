import { describe, expect, it } from 'vitest'
import { parallelChart } from '@renderer/charts/parallel'
import { LIGHT } from '@renderer/charts/theme'
import { parallelAxes } from '@renderer/views/compare/parallel'
import { runView, summary } from './helpers'

const document = (type: string, learningRate: number, long = false) => ({ name: type, training: { optimizer: { type, learningRate }, metrics: long ? [['a', 'b'.repeat(60)]] : [] } })
const runs = [
  runView('a', { document: document('sgd', 0.1), metrics: { 'val.accuracy': summary(0.9, 0.1, 0.95), 'val.loss': summary(0.3, 0.2, 2) } }),
  runView('b', { document: document('adam', 0.0005, true), metrics: { 'val.accuracy': summary(0.8, 0.1, 0.97) } }),
]

describe('parallel coordinates', () => {
  it('lead from the settings that differ to the best results', () => {
    expect(parallelAxes(runs, ['val.accuracy', 'val.loss', 'val.f1'])).toEqual([
      { name: 'training.optimizer.type', categories: ['adam', 'sgd'], logarithmic: false, values: ['sgd', 'adam'] },
      { name: 'training.optimizer.learningRate', categories: null, logarithmic: true, values: [0.1, 0.0005] },
      { name: 'best(val.accuracy)', categories: null, logarithmic: false, values: [0.95, 0.97] },
      { name: 'best(val.loss)', categories: null, logarithmic: false, values: [0.2, null] },
    ])
  })

  it('keep results where many settings differ', () => {
    const many = [1, 2].map((value) => runView(String(value), { document: Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`field${index}`, value])), metrics: { 'val.loss': summary(value) } }))
    const names = parallelAxes(many, ['val.loss']).map(({ name }) => name)
    expect(names).toHaveLength(12)
    expect(names.at(-1)).toBe('best(val.loss)')
  })

  it('draw one line a run on axes of their kind', () => {
    const option = parallelChart({ axes: parallelAxes(runs, ['val.loss']), lines: [{ name: 'a', color: '#123456' }, { name: 'b', color: '#abcdef' }], theme: LIGHT })
    expect(option).toMatchObject({
      parallelAxis: [
        { dim: 0, type: 'category', data: ['adam', 'sgd'] },
        { dim: 1, type: 'log', name: 'optimizer.learningRate' },
        { dim: 2, type: 'value', scale: true },
      ],
      series: [{ data: [{ value: ['sgd', 0.1, 0.2], lineStyle: { color: '#123456' } }, { value: ['adam', 0.0005, expect.any(Number)] }] }],
    })
  })

  it('name every category while there are few, over the lines', () => {
    const axis = (count: number) => ({ name: 'x', categories: Array.from({ length: count }, (_, each) => String(each)), logarithmic: false, values: ['0'] })
    const { parallelAxis } = parallelChart({ axes: [axis(6), axis(40)], lines: [{ name: 'run', color: '#123456' }], theme: LIGHT }) as unknown as { readonly parallelAxis: readonly { readonly z: number; readonly axisLabel: { readonly interval?: number } }[] }
    expect(parallelAxis.map(({ axisLabel }) => axisLabel.interval)).toEqual([0, undefined])
    // ECharts draws lines at 2.
    expect(parallelAxis.every(({ z }) => z > 2)).toBe(true)
  })

  it('keep a place at the foot of an axis for runs that have no such value', () => {
    const axis = (values: readonly (string | number | null)[], logarithmic = false, categories: readonly string[] | null = null) => ({ name: 'x', categories, logarithmic, values })
    const axes = [axis([0.9, null, 0.5]), axis([1, null, 100], true), axis([3, null, 3]), axis(['b', null, 'a'], false, ['a', 'b']), axis([1, 2, 3])]
    const { parallelAxis, series } = parallelChart({ axes, lines: axes.slice(0, 3).map(() => ({ name: 'run', color: '#123456' })), theme: LIGHT }) as unknown as {
      readonly parallelAxis: readonly { readonly min?: number; readonly data?: readonly string[]; readonly axisLabel: { readonly formatter: (value: number) => string } }[]
      readonly series: readonly { readonly data: readonly { readonly value: readonly (string | number)[] }[] }[]
    }
    const [share, decades, same, names, full] = parallelAxis
    expect(share.min).toBeCloseTo(0.42)
    expect(decades.min).toBeCloseTo(10 ** -0.4)
    expect(same.min).toBe(0)
    expect(names.data).toEqual(['–', 'a', 'b'])
    expect(full.min).toBeUndefined()
    expect(series[0].data[1].value).toEqual([share.min, decades.min, 0, '–', 2])
    expect([0.9, 0.5, 0.45, share.min ?? 0].map(share.axisLabel.formatter)).toEqual(['0.9', '0.5', '', '–'])
  })
})
