import type { Points } from './decimate'
import type { LineChart } from './line-chart'

const COLOR = '#0072B2'

/** The learning rate over a run that is planned: x in epochs. */
export function scheduleCurveChart(points: Points, names: { readonly name: string; readonly x: string }): Omit<LineChart, 'range' | 'width' | 'theme'> {
  let most = 0
  for (let index = 0; index < points.y.length; index++) most = Math.max(most, points.y[index])
  return {
    series: [{ id: 'schedule', name: names.name, color: COLOR, points }],
    xName: names.x,
    xScale: 'linear',
    yScale: 'linear',
    // From 0, so that the curve's fall is seen in proportion.
    yRange: most > 0 ? [0, 1.05 * most] : [0, 1],
  }
}
