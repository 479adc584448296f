import { z } from 'zod'

/** Null stands for a value that is not finite. */
const value = z.number().nullable()
const bytes = z.string().max(1_000_000).regex(/^[A-Za-z0-9+/]*={0,2}$/)

/** Bins of equal width between both ends; the outer ones also hold what lies beyond. */
const histogramSchema = z.object({
  low: z.number(),
  high: z.number(),
  /** Base64 of one byte a bin: 255 is the fullest bin. */
  counts: bytes,
})
export type HistogramRecord = Readonly<z.output<typeof histogramSchema>>

export const HISTOGRAMS = ['weights', 'gradients', 'activations'] as const
export type HistogramName = (typeof HISTOGRAMS)[number]

const layerSchema = z.object({
  id: z.string(),
  type: z.string(),
  /** It gives the model's output. */
  last: z.boolean(),
  /** Euclidean norms over all of the layer's weights together; null for layers without any. */
  weights: z.object({ gradient: value, norm: value, update: value }).nullable(),
  /** Of the layer's outputs over the batch. */
  mean: value,
  deviation: value,
  /** Share of outputs where the activation's slope is below 5% of its steepest; null for activations without such ends. */
  saturation: value,
  /** Layers that end in a ReLU: base64 of one bit a unit, set where the unit was above zero for any row of the batch. */
  active: z.object({ units: z.int().min(1), bits: bytes }).nullable(),
  histograms: z.object({ weights: histogramSchema.nullable(), gradients: histogramSchema.nullable(), activations: histogramSchema.nullable() }).partial(),
})
export type LayerRecord = Readonly<z.output<typeof layerSchema>>

/**
 * What diagnostics measured before one update, as it stands in the history: plain JSON, small enough to be recorded
 * often. Taken beside the training; never changes it.
 */
export const diagnosticsRecordSchema = z.object({
  /** Of the update that follows. */
  learningRate: z.number(),
  /** In execution order. */
  layers: z.array(layerSchema).max(10_000),
  /** Cosine of the angle between the two updates before this moment; absent where they were not compared. */
  cosine: value.optional(),
  /** Largest eigenvalue of the loss's Hessian; absent where it was not computed. */
  sharpness: value.optional(),
  /** Gradient noise scale, in rows; null where the gradient drowns in the noise. Absent where it was not computed. */
  noiseScale: value.optional(),
})
export type DiagnosticsRecord = Readonly<z.output<typeof diagnosticsRecordSchema>>
