import { z } from 'zod'
import { spellNonFinite } from '@shared/lib/non-finite'
import { decodeSafetensors, encodeSafetensors } from '@shared/lib/safetensors'
import { refuse } from '@shared/spec/issue'
import type { SavedSums } from './metrics'
import type { RateChange } from './rate'

/** Everything a run needs to go on as if it had never stopped. */
export interface SavedRun {
  /** Updates done. */
  readonly step: number
  /** Training seconds so far. */
  readonly seconds: number
  readonly rateChanges: readonly RateChange[]
  /** Sums of the epoch under way. */
  readonly sums: SavedSums
  /** What the run would end with now. */
  readonly final: Readonly<Record<string, number>>
  /** What a schedule remembers that reacts to a metric. */
  readonly scheduleMemory: readonly number[]
  /** What the stopping rules remember, in the document's order. */
  readonly stopping: readonly (readonly number[])[]
  /** The best evaluation so far, whose weights stand in the views under `best/…`; null where none is kept. */
  readonly best: { readonly step: number; readonly final: Readonly<Record<string, number>> } | null
  /** Weights, statistics and slots by name. */
  readonly views: ReadonlyMap<string, Float32Array>
}

/** A number, which JSON has as a word where it is not finite: a held-out part may overflow while the training goes well. Null
 *  stood for all of these in checkpoints of 0.1. */
const measured = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number), z.null().transform(() => Number.NaN)])

const savedSchema = z.object({
  step: z.int().min(0),
  seconds: z.number().min(0),
  rateChanges: z.array(z.object({ step: z.int().min(0), factor: z.number() })),
  sums: z.object({ samples: z.number(), loss: measured, vectors: z.record(z.string(), z.array(measured)) }),
  final: z.record(z.string(), measured),
  scheduleMemory: z.array(measured).default([]),
  stopping: z.array(z.array(measured)).default([]),
  best: z.object({ step: z.int().min(0), final: z.record(z.string(), measured) }).nullable().default(null),
})

/** Before the names of weights and statistics of the best evaluation. */
export const BEST = 'best/'

/** The file's metadata key under which everything but tensors stands, as JSON. */
const KEY = 'descent'

/** A safetensors file: tensors under their own names with their own shapes, the rest in its metadata. */
export function encodeCheckpoint(saved: SavedRun, shapes: ReadonlyMap<string, readonly number[]>): Uint8Array {
  const { views, ...rest } = saved
  const tensors = [...views].map(([name, data]) => ({ name, dtype: 'float32' as const, shape: shapes.get(name.replace(BEST, '')) ?? [data.length], data }))
  return encodeSafetensors(tensors, { [KEY]: JSON.stringify(rest, spellNonFinite) })
}

/** Throws an `IssueError` when the file is not a checkpoint. */
export function decodeCheckpoint(bytes: Uint8Array, hash: string): SavedRun {
  const decoded = decodeSafetensors(bytes)
  if (!decoded.ok) return refuse('run-checkpoint-damaged', [], { hash })
  const parsed = savedSchema.safeParse(parseJson(decoded.value.metadata[KEY] ?? ''))
  if (!parsed.success) return refuse('run-checkpoint-damaged', [], { hash })
  const views = new Map(decoded.value.tensors.flatMap(({ name, data }) => (data instanceof Float32Array ? [[name, data] as const] : [])))
  return { ...parsed.data, views }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
