import { z } from 'zod'
import { text } from '@shared/catalog/datasets/text'
import { field } from '@shared/catalog/definition'
import type { TargetInfo } from '@shared/catalog/losses'
import type { Shape } from '@shared/graph'
import type { ExperimentDocument } from '@shared/spec'
import { failure, issue, success, type Result } from '@shared/spec/issue'

/** How a text is numbered, and what a model of it sees. */
export interface TextCodec {
  /** By number. */
  readonly characters: readonly string[]
  /** Characters of a window. */
  readonly length: number
  /** Characters from one sample's start to the next. */
  readonly stride: number
  /** The model answers after each character of a window; otherwise after its last one. */
  readonly everywhere: boolean
  readonly lowercase: boolean
}

/** Null where the samples are not windows of a text whose next characters are to be predicted. */
export function textCodec({ dataset }: Pick<ExperimentDocument, 'dataset'>, { sampleShape, target }: { readonly sampleShape: Shape; readonly target: TargetInfo }): TextCodec | null {
  if (dataset.type !== text.type || target.kind !== 'class') return null
  const { stride, lowercase } = text.options.parse(Object.fromEntries(Object.entries(dataset).filter(([name]) => name in text.options.shape)))
  return { characters: target.classNames, length: sampleShape[0], stride, everywhere: target.positions !== undefined, lowercase }
}

/** What a model is asked to write. */
export const textRequestSchema = z.strictObject({
  prompt: field(z.string().max(10_000).default(''), {
    en: 'What it goes on from. Left empty: the beginning of the held-out text.',
    'zh-CN': '从这段文字续写。留空则从留出文本的开头续写。',
  }),
  length: field(z.int().min(1).max(2000).default(200), { en: 'Characters to write.', 'zh-CN': '要写的字符数。', unit: 'characters' }),
  temperature: field(z.number().min(0).max(10).default(0.7), {
    en: 'How daring it is: 1 draws characters as likely as the model says, less prefers the likely ones, 0 always takes the likeliest.',
    'zh-CN': '大胆程度：1 按模型给出的概率抽取字符，更小则偏向可能性大的，0 总取可能性最大的。',
    symbol: 'T',
  }),
  seed: field(z.int().min(0).max(2 ** 32 - 1).default(1), { en: 'Of the draws: the same seed writes the same.', 'zh-CN': '抽样的种子：种子相同，写出的内容相同。' }),
})

export type TextRequest = z.output<typeof textRequestSchema>

export const TEXT_DEFAULTS: TextRequest = textRequestSchema.parse({})

/** The prompt's numbers; issues name a character that the model does not know. */
export function encodeText({ characters, lowercase }: Pick<TextCodec, 'characters' | 'lowercase'>, prompt: string): Result<readonly number[]> {
  const numbers = new Map(characters.map((character, number) => [character, number]))
  const given = prompt.replaceAll('\r\n', '\n')
  const codes: number[] = []
  for (const character of lowercase ? given.toLowerCase() : given) {
    const code = numbers.get(character)
    if (code === undefined) return failure(issue('text-character', ['prompt'], { character, known: characters.filter((each) => each.trim() !== '').join(' ') }))
    codes.push(code)
  }
  return success(codes)
}

export function decodeText(codes: readonly number[], { characters }: Pick<TextCodec, 'characters'>): string {
  return codes.map((code) => characters[code]).join('')
}

/** What the model is shown to go on after `context`, and the position at which it answers. A shorter context than a
 *  window stands at its beginning: only models that answer everywhere can do with it. */
export function windowAfter(context: readonly number[], { length }: Pick<TextCodec, 'length'>): { readonly window: Float32Array; readonly position: number } {
  const window = new Float32Array(length)
  const seen = context.slice(-length)
  window.set(seen)
  return { window, position: seen.length - 1 }
}

/** The first of the classes that no other is likelier than. */
export function likeliest(probabilities: ArrayLike<number>): number {
  let best = 0
  for (let each = 1; each < probabilities.length; each++) if (probabilities[each] > probabilities[best]) best = each
  return best
}

/** A class drawn from probabilities sharpened by 1/temperature; `uniform` in [0, 1) decides. */
export function drawClass(probabilities: ArrayLike<number>, temperature: number, uniform: number): number {
  const best = likeliest(probabilities)
  if (temperature === 0) return best
  const shares = Array.from(probabilities, (probability) => Math.exp(Math.log(probability / probabilities[best]) / temperature))
  let left = uniform * shares.reduce((sum, share) => sum + share, 0)
  for (let each = 0; each < shares.length; each++) {
    left -= shares[each]
    if (left < 0) return each
  }
  return best
}
