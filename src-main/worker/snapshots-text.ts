import { decodeText, likeliest, textCodec, TEXT_DEFAULTS, type TextCodec } from '@shared/data/text'
import type { DataPart, PreparedData } from '@shared/data/types'
import { encodeBase64 } from '@shared/lib/base64'
import type { TextSnapshot, TextStretch } from '@shared/protocol/snapshot'
import type { ExperimentDocument } from '@shared/spec'
import { probabilitiesOf, type Answers } from './snapshots-answers'
import type { ShownPart } from './snapshots-part'
import { writeOn, type AnsweringModel } from './write-on'

/** Characters whose probabilities are followed, and stretches that they may lie in: those of shuffled rows lie apart. */
const SHOWN = 192
const MOST_STRETCHES = 12
/** What is shown of what stands before them. */
export const BEFORE = 40
/** What the model writes for each snapshot: less where a window is long, since each character costs the model's whole way. */
const MOST_WRITTEN = 64
const LEAST_WRITTEN = 16
const WINDOWED = 8192

/** Held-out windows, and what is asked of them. */
export interface TextPlan {
  readonly codec: TextCodec
  readonly part: TextSnapshot['part']
  readonly rows: number
  /** `[rows, length]`. */
  readonly windows: Float32Array
  readonly stretches: readonly PlannedStretch[]
}

interface PlannedStretch {
  readonly before: readonly number[]
  readonly characters: number[]
  /** Of each character: which of all answers is about it. */
  readonly answers: number[]
}

/** Null where the data is no text. */
export function planText(document: ExperimentDocument, data: PreparedData, { name, part }: ShownPart): TextPlan | null {
  const codec = textCodec(document, data)
  if (codec === null) return null
  const chosen = chooseRows(part, codec)
  const { length } = codec
  const windows = new Float32Array(chosen.length * length)
  chosen.forEach((row, index) => windows.set(part.features.subarray(row * length, (row + 1) * length), index * length))
  return { codec, part: name, rows: chosen.length, windows, stretches: stretchesOf(part, chosen, codec) }
}

/** What stands before the first held-out character: what a model writes on from that is given no prompt. */
export function heldOutBeginning(part: DataPart, { length }: TextCodec): readonly number[] {
  const [first] = bySource(part)
  return Array.from(part.features.subarray(first * length, (first + 1) * length))
}

/** `answers`: to the plan's windows. */
export async function textSnapshot({ codec, part, stretches, windows }: TextPlan, answers: Answers, model: AnsweringModel): Promise<TextSnapshot> {
  const lead = Array.from(windows.subarray(0, codec.length))
  const length = Math.max(LEAST_WRITTEN, Math.min(MOST_WRITTEN, Math.floor(WINDOWED / codec.length)))
  const written = await writeOn(model, codec, { ...TEXT_DEFAULTS, context: lead, length })
  return { kind: 'text', part, stretches: stretches.map((each) => told(each, answers, codec)), prompt: decodeText(lead.slice(-BEFORE), codec), written }
}

function told({ before, characters, answers: asked }: PlannedStretch, answers: Answers, codec: TextCodec): TextStretch {
  const probabilities = asked.map((at) => probabilitiesOf(answers, at))
  return {
    before: decodeText(before, codec),
    characters: decodeText(characters, codec),
    told: encodeBase64(Uint8Array.from(characters, (character, index) => Math.round(255 * Math.min(1, Math.max(0, probabilities[index][character] || 0))))),
    guessed: decodeText(probabilities.map(likeliest), codec),
  }
}

/** Rows in the order of the text. */
function bySource({ source }: DataPart): Int32Array {
  return Int32Array.from(source.keys()).sort((one, other) => source[one] - source[other])
}

/**
 * Windows that tell of consecutive characters as far as the part has them: of models that answer everywhere, each
 * begins half a window before what it is asked about, so that the model has something to go by.
 */
function chooseRows(part: DataPart, { length, stride, everywhere }: TextCodec): readonly number[] {
  const ordered = bySource(part)
  if (!everywhere) return Array.from(ordered.subarray(0, SHOWN))
  const start = (index: number): number => part.source[ordered[index]] * stride
  const chosen = [0]
  for (let shown = length; shown < SHOWN; ) {
    const last = chosen[chosen.length - 1]
    let next = last + 1
    while (next + 1 < ordered.length && start(next + 1) <= start(last) + length / 2) next++
    if (next >= ordered.length) break
    chosen.push(next)
    shown += Math.min(length, start(next) - start(last))
  }
  return chosen.map((index) => ordered[index])
}

function stretchesOf(part: DataPart, rows: readonly number[], { length, stride, everywhere }: TextCodec): readonly PlannedStretch[] {
  const stretches: PlannedStretch[] = []
  let shown = 0
  // Place in the text of the last character that is asked about.
  let covered = -1
  for (const [index, row] of rows.entries()) {
    const window = part.features.subarray(row * length, (row + 1) * length)
    for (let position = everywhere ? 0 : length - 1; position < length && shown < SHOWN; position++) {
      const place = part.source[row] * stride + position + 1
      if (place <= covered) continue
      if (place !== covered + 1 || stretches.length === 0) stretches.push({ before: Array.from(window.subarray(Math.max(0, position + 1 - BEFORE), position + 1)), characters: [], answers: [] })
      const stretch = stretches[stretches.length - 1]
      stretch.characters.push(part.targets[everywhere ? row * length + position : row])
      stretch.answers.push(everywhere ? index * length + position : index)
      covered = place
      shown += 1
    }
  }
  return stretches.slice(0, MOST_STRETCHES)
}
