import { decodeBase64 } from '@shared/lib/base64'
import { diagnosticsRecordSchema, type DiagnosticsRecord, type HistogramName, type HistogramRecord, type LayerRecord } from './record'

/** A record, and when it was taken. */
export interface Measured {
  /** Updates made before. */
  readonly step: number
  readonly record: DiagnosticsRecord
}

/** Records out of recorded events, ascending; of several at one step (a run that was resumed) the newest. */
export function measuredOf(events: readonly { readonly step: number; readonly data: unknown }[]): Measured[] {
  const byStep = new Map<number, DiagnosticsRecord>()
  for (const { step, data } of events) {
    const parsed = diagnosticsRecordSchema.safeParse(data)
    if (parsed.success) byStep.set(step, parsed.data)
  }
  return [...byStep].sort(([a], [b]) => a - b).map(([step, record]) => ({ step, record }))
}

/** One layer over time. Missing values are NaN. */
export interface LayerHistory {
  readonly id: string
  readonly type: string
  readonly last: boolean
  readonly trained: boolean
  readonly steps: readonly number[]
  readonly gradient: readonly number[]
  readonly norm: readonly number[]
  /** ‖Δw‖ / ‖w‖. */
  readonly ratio: readonly number[]
  readonly mean: readonly number[]
  readonly deviation: readonly number[]
  /** Null for layers without a saturating activation. */
  readonly saturation: readonly number[] | null
  /** Share of units that were silent in this and the nine measurements before; null for layers that do not end in a ReLU. */
  readonly dead: readonly number[] | null
  readonly histograms: Readonly<Record<HistogramName, readonly { readonly step: number; readonly histogram: HistogramRecord }[]>>
}

/** Measurements without activity after which a unit counts as dead. */
const SILENT_MEASUREMENTS = 10

/** The layers of the newest record, each over all records. */
export function layerHistories(measured: readonly Measured[]): LayerHistory[] {
  const newest = measured.at(-1)
  return (newest?.record.layers ?? []).map((layer) => layerHistory(layer, measured))
}

function layerHistory({ id, type, last, weights, saturation, active }: LayerRecord, measured: readonly Measured[]): LayerHistory {
  const own = measured.flatMap(({ step, record }) => {
    const layer = record.layers.find((each) => each.id === id)
    return layer === undefined ? [] : [{ step, layer }]
  })
  const over = (read: (layer: LayerRecord) => number | null | undefined): number[] => own.map(({ layer }) => read(layer) ?? NaN)
  const histograms = (name: HistogramName): LayerHistory['histograms'][HistogramName] =>
    own.flatMap(({ step, layer }) => {
      const histogram = layer.histograms[name]
      return histogram === null || histogram === undefined ? [] : [{ step, histogram }]
    })
  return {
    id,
    type,
    last,
    trained: weights !== null,
    steps: own.map(({ step }) => step),
    gradient: over((layer) => layer.weights?.gradient),
    norm: over((layer) => layer.weights?.norm),
    ratio: over(({ weights: each }) => (each === null || each.update === null || !each.norm ? null : each.update / each.norm)),
    mean: over((layer) => layer.mean),
    deviation: over((layer) => layer.deviation),
    saturation: saturation === null ? null : over((layer) => layer.saturation),
    dead: active === null ? null : deadShares(own.map(({ layer }) => layer.active)),
    histograms: { weights: histograms('weights'), gradients: histograms('gradients'), activations: histograms('activations') },
  }
}

type Activity = LayerRecord['active']

function deadShares(activity: readonly Activity[]): number[] {
  return activity.map((each, index) => (each === null ? NaN : silentShare(activity.slice(Math.max(0, index + 1 - SILENT_MEASUREMENTS), index + 1), each.units)))
}

/** Share of the units that were not active in any of the measurements. */
function silentShare(activity: readonly Activity[], units: number): number {
  const seen = new Uint8Array(Math.ceil(units / 8))
  for (const each of activity) see(seen, each)
  return unseenShare(seen, units)
}

function see(seen: Uint8Array, activity: Activity): void {
  if (activity !== null) decodeBase64(activity.bits).forEach((bits, at) => (seen[at] |= bits))
}

function unseenShare(seen: Uint8Array, units: number): number {
  let silent = 0
  for (let unit = 0; unit < units; unit++) if ((seen[unit >> 3] & (128 >> (unit & 7))) === 0) silent++
  return silent / units
}

/** Units of a layer that are silent now, and since which step all of them have been; null with fewer than ten measurements. */
export function deadUnits(measured: readonly Measured[], layer: string): { readonly share: number; readonly since: number; readonly measurements: number } | null {
  const own = measured.map(({ step, record }) => ({ step, active: record.layers.find(({ id }) => id === layer)?.active ?? null }))
  const units = own.at(-1)?.active?.units
  if (units === undefined || own.length < SILENT_MEASUREMENTS) return null
  const seen = new Uint8Array(Math.ceil(units / 8))
  let first = own.length - SILENT_MEASUREMENTS
  for (const { active } of own.slice(first)) see(seen, active)
  const share = unseenShare(seen, units)
  for (let at = first - 1; at >= 0; at--) {
    see(seen, own[at].active)
    if (unseenShare(seen, units) < share) break
    first = at
  }
  return { share, since: own[first].step, measurements: own.length - first }
}
