/**
 * What diagnostics measured before one update, as it stands in the history: plain JSON, small enough to be recorded
 * often. Null stands for a value that is not finite. Taken beside the training; never changes it.
 */
export interface DiagnosticsRecord {
  /** In execution order. */
  readonly layers: readonly LayerRecord[]
}

export interface LayerRecord {
  readonly id: string
  readonly type: string
  /** It gives the model's output. */
  readonly last: boolean
  /** Euclidean norms over all of the layer's weights together; null for layers without any. */
  readonly weights: { readonly gradient: number | null; readonly norm: number | null; readonly update: number | null } | null
  /** Of the layer's outputs over the batch. */
  readonly mean: number | null
  readonly deviation: number | null
  /** Share of outputs where the activation's slope is below 5% of its steepest; null for activations without such ends. */
  readonly saturation: number | null
  /** Layers that end in a ReLU: base64 of one bit a unit, set where the unit was above zero for any row of the batch. */
  readonly active: { readonly units: number; readonly bits: string } | null
  readonly histograms: Readonly<Partial<Record<HistogramName, HistogramRecord | null>>>
}

export const HISTOGRAMS = ['weights', 'gradients', 'activations'] as const
export type HistogramName = (typeof HISTOGRAMS)[number]

/** Bins of equal width between both ends; the outer ones also hold what lies beyond. */
export interface HistogramRecord {
  readonly low: number
  readonly high: number
  /** Base64 of one byte a bin: 255 is the fullest bin. */
  readonly counts: string
}
