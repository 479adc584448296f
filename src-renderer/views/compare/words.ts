import type { ChartSettings } from './chart-settings'

/** What a chart's line of words says, in order: each a key of the texts with its values. */
export interface Words {
  readonly key: 'byStep' | 'byEpoch' | 'bySamples' | 'bySeconds' | 'ema' | 'logX' | 'logY' | 'zoomedIn' | 'meanShared' | 'everyPoint' | 'extremesExact'
  readonly args: Readonly<Record<string, string>>
}

const UNITS = { step: 'byStep', epoch: 'byEpoch', samples: 'bySamples', seconds: 'bySeconds' } as const

/** How the chart is drawn, so that nobody has to guess: "by step · EMA 0.6 · log y · min/max exact". */
export function wordsOf({ x, xScale, yScale, smoothing }: ChartSettings, { complete, cut, zoomed }: { readonly complete: boolean; readonly cut: boolean; readonly zoomed: boolean }): Words[] {
  const words: Words[] = [{ key: UNITS[x], args: {} }]
  if (smoothing > 0) words.push({ key: 'ema', args: { weight: String(smoothing) } })
  if (xScale === 'log') words.push({ key: 'logX', args: {} })
  if (yScale === 'log') words.push({ key: 'logY', args: {} })
  if (zoomed) words.push({ key: 'zoomedIn', args: {} })
  if (cut) words.push({ key: 'meanShared', args: {} })
  words.push({ key: complete ? 'everyPoint' : 'extremesExact', args: {} })
  return words
}
