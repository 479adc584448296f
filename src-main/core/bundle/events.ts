import { z } from 'zod'
import { diagnosticsRecordSchema } from '@shared/diagnostics/record'
import { deviceChoiceSchema } from '@shared/protocol/devices'
import { factsSchema } from '@main/core/exports/collect'
import { refuse } from '@shared/spec/issue'
import { EVENTS, type BundledEvent } from './format'

const count = z.int().min(0)

/** Base64 of exactly so many bytes. */
function holds(data: string, bytes: number): boolean {
  return data.length === Math.ceil(bytes / 3) * 4 && /^[A-Za-z0-9+/]*={0,2}$/.test(data)
}

const hash = z.string().regex(/^[0-9a-f]{64}$/)
const range = z.tuple([z.number(), z.number()])
const answer = z.object({ predicted: z.number(), certainty: z.number().nullable() })
const MAX_SIDE = 4096

const stretch = z
  .object({ before: z.string(), characters: z.string(), told: z.string(), guessed: z.string() })
  .refine(({ characters, told, guessed }) => holds(told, [...characters].length) && [...guessed].length === [...characters].length, { error: 'the stretch has another length' })

const snapshot = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('plane'), x: range, y: range, size: z.int().min(1).max(MAX_SIDE), outputs: z.int().min(1).max(MAX_SIDE), range, data: z.string() })
    .refine(({ size, outputs, data }) => holds(data, size * size * outputs), { error: 'the grid has another size' }),
  z.object({ kind: z.literal('answers'), answers: z.array(answer) }),
  z.object({ kind: z.literal('text'), part: z.enum(['validation', 'test', 'train']), stretches: z.array(stretch), prompt: z.string(), written: z.string() }),
])

const pictures = z
  .object({
    purpose: z.enum(['samples', 'worst']),
    part: z.enum(['validation', 'test', 'train']),
    shape: z.tuple([z.int().min(1).max(MAX_SIDE), z.int().min(1).max(MAX_SIDE), z.int().min(1).max(MAX_SIDE)]),
    count,
    data: z.string(),
    rows: z.array(z.number()),
    truths: z.array(z.number()),
    answers: z.array(answer).nullable(),
  })
  .refine(({ shape, count, data, rows, truths }) => holds(data, count * shape[0] * shape[1] * shape[2]) && rows.length === count && truths.length === count, { error: 'the pictures have another size' })

/** What readers rely on in the events that this build records; others are any JSON. */
const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  prepared: factsSchema.extend({
    rows: z.object({ train: count, validation: count, test: count }),
    contentHash: z.string(),
    parameters: count,
    stepsPerEpoch: z.int().min(1),
    totalSteps: count,
    batchSize: z.int().min(1),
    device: z.string(),
    engineVersion: z.string(),
    threads: z.int().min(1),
    preparation: z.record(z.string(), z.number()),
    choice: deviceChoiceSchema.nullish(),
  }),
  evaluation: z
    .object({ key: z.string(), matrix: z.object({ rows: count, columns: count, data: z.array(z.number()) }) })
    .refine(({ matrix }) => matrix.data.length === matrix.rows * matrix.columns, { error: 'the matrix has another size' }),
  hyperparameters: z.object({ learningRate: z.number(), factor: z.number() }),
  finished: z.object({ final: z.record(z.string(), z.number().nullable()) }),
  crash: z.object({ message: z.string(), stack: z.string() }),
  teacher: z.union([z.object({ file: z.string(), hash }), z.object({ run: z.string(), checkpoint: hash, dataHash: z.string(), document: z.string() })]),
  snapshot,
  pictures,
  diagnostics: diagnosticsRecordSchema,
}

/** Throws `bundle-json` for an event that is not what its kind says. */
export function expectEvents(events: readonly BundledEvent[]): void {
  events.forEach(({ kind, data }, at) => {
    const parsed = Object.hasOwn(SCHEMAS, kind) ? SCHEMAS[kind].safeParse(data) : null
    if (parsed === null || parsed.success) return
    const [first] = parsed.error.issues
    refuse('bundle-json', [], { file: EVENTS, reason: `${String(at)} (${kind}): ${first.path.join('.')}: ${first.message}` })
  })
}
