import { z } from 'zod'
import { factsSchema } from '@main/core/exports/collect'
import { refuse } from '@shared/spec/issue'
import { EVENTS, type BundledEvent } from './format'

const count = z.int().min(0)

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
  }),
  evaluation: z
    .object({ key: z.string(), matrix: z.object({ rows: count, columns: count, data: z.array(z.number()) }) })
    .refine(({ matrix }) => matrix.data.length === matrix.rows * matrix.columns, { error: 'the matrix has another size' }),
  hyperparameters: z.object({ learningRate: z.number(), factor: z.number() }),
  finished: z.object({ final: z.record(z.string(), z.number().nullable()) }),
  crash: z.object({ message: z.string(), stack: z.string() }),
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
