import { z } from 'zod'
import { distillationSchema } from '@shared/spec/distillation'

/** In both languages. */
export const textSchema = z.strictObject({ en: z.string().min(1), 'zh-CN': z.string().min(1) })

/** `resources/lessons/<id>/lesson.json`: experiments to be compared, and what to expect of them. */
export const lessonSchema = z.strictObject({
  title: textSchema,
  /** What the experiments differ in, and why. */
  question: textSchema,
  /** What comes out; a test trains the documents and holds them to it. */
  expectation: textSchema,
  /** Where to look: charts and rooms. */
  watch: textSchema,
  /** In the order of comparison: names of documents beside this file, or `examples/<name>`. */
  documents: z.array(z.string().regex(/^(examples\/)?[a-z0-9-]+$/)).min(1),
  /** The first document's model teaches the second's, which is compared with itself alone. */
  distill: z.strictObject({ ...distillationSchema.pick({ alpha: true, temperature: true }).shape, seeds: z.int().min(1).max(20) }).optional(),
})

export interface Lesson extends Readonly<z.output<typeof lessonSchema>> {
  /** Name of its folder. */
  readonly id: string
}
