import { racerColor, type Race, type Trajectory } from '@shared/surfaces'
import type { LineChart } from '@renderer/charts/line-chart'

/** Heights over the updates made so far: above the known minimum and logarithmic where one is known. */
export function heightCurves({ landscape, steps }: Pick<Race, 'landscape' | 'steps'>, ways: readonly Trajectory[], updates: number, names: readonly string[]) {
  const { minima } = landscape
  const excess = minima.length > 0
  const floor = excess ? Math.min(...minima.map(({ value }) => value)) : 0
  const series = ways.map(({ value }, index) => {
    const y = Float64Array.from(value.slice(0, updates + 1), (height) => height - floor)
    return { id: `racer${index}`, name: names[index], color: racerColor(index), points: { x: y.map((_, step) => step), y } }
  })
  const chart: Omit<LineChart, 'range' | 'width' | 'theme' | 'xName'> = { series, xScale: 'linear', yScale: excess ? 'log' : 'linear', xRange: [0, steps] }
  return { excess, chart }
}
