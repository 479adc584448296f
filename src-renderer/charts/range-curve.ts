import type { RangeResult } from '@shared/range-test'
import type { LineChart } from './line-chart'

const COLOR = '#0072B2'

/** The smoothed loss of a range test over the learning rate, which grows by equal factors. */
export function rangeCurveChart({ rates, smoothed, suggested }: RangeResult, names: { readonly loss: string; readonly rate: string; readonly suggested: string }): Omit<LineChart, 'range' | 'width' | 'theme'> {
  return {
    series: [{ id: 'range', name: names.loss, color: COLOR, points: { x: Float64Array.from(rates), y: Float64Array.from(smoothed) } }],
    xName: names.rate,
    xScale: 'log',
    yScale: 'linear',
    ...(suggested === null ? {} : { marks: [{ x: suggested, label: names.suggested }] }),
  }
}
