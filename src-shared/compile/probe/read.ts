import { encodeBase64 } from '@shared/lib/base64'
import { HISTOGRAMS, type HistogramRecord, type LayerRecord } from '@shared/diagnostics/record'
import type { Measure, Probe, ProbedLayer } from './probe'

/** The probe's output as records of the layers. */
export function readProbe({ layers, fields }: Pick<Probe, 'layers' | 'fields'>, values: ArrayLike<number>): LayerRecord[] {
  const found = new Map<string, Map<Measure, Float64Array>>()
  for (const { layer, measure, offset, length } of fields) {
    const own = found.get(layer) ?? new Map<Measure, Float64Array>()
    own.set(measure, Float64Array.from({ length }, (_, index) => values[offset + index]))
    found.set(layer, own)
  }
  return layers.map((layer) => layerRecord(layer, found.get(layer.id) ?? new Map()))
}

function layerRecord({ id, type, units, trained, last }: ProbedLayer, found: ReadonlyMap<Measure, Float64Array>): LayerRecord {
  const one = (measure: Measure): number | null => finite(found.get(measure)?.[0])
  const active = found.get('active')
  const histograms = Object.fromEntries(HISTOGRAMS.flatMap((name) => {
    const values = found.get(name)
    return values === undefined ? [] : [[name, histogramRecord(values)]]
  }))
  return {
    id,
    type,
    last,
    weights: trained ? { gradient: one('gradientNorm'), norm: one('weightNorm'), update: one('updateNorm') } : null,
    mean: one('mean'),
    deviation: one('deviation'),
    saturation: found.has('saturation') ? one('saturation') : null,
    active: active === undefined ? null : { units, bits: encodeBase64(packBits(active)) },
    histograms,
  }
}

/** JSON has no NaN. */
function finite(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? Number(value.toPrecision(6)) : null
}

/** One bit a unit, the first is the highest of the first byte. */
function packBits(flags: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(Math.ceil(flags.length / 8))
  for (let unit = 0; unit < flags.length; unit++) if (flags[unit] > 0) bytes[unit >> 3] |= 128 >> (unit & 7)
  return bytes
}

/** Null where the values were not finite: there is nothing to draw. */
function histogramRecord([low, high, ...counts]: Float64Array): HistogramRecord | null {
  const most = Math.max(...counts)
  if (!Number.isFinite(low) || !Number.isFinite(high) || !(most > 0)) return null
  return { low: Number(low.toPrecision(6)), high: Number(high.toPrecision(6)), counts: encodeBase64(Uint8Array.from(counts, (count) => Math.round((255 * count) / most))) }
}
