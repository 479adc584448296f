import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildPlan, joinViews, predictProgram } from '@shared/compile'
import { evaluateGraph } from '@shared/graph'
import { decodeSafetensors } from '@shared/lib/safetensors'
import type { Answer, Pictures, Snapshot } from '@shared/protocol/snapshot'
import { need, parseDocument } from '@shared/spec'
import { stateFeeds } from '@test/helpers/state-feeds'
import { parse } from 'csv-parse/sync'
import { strFromU8, unzipSync } from 'fflate'

const DIGITS = join(import.meta.dirname, '../../resources/data/digits.csv')
export const PIXELS = 64
const CLASSES = 10

/** What a run itself answered when it ended, for which rows of the digits. */
export interface Recorded {
  readonly rows: readonly number[]
  readonly answers: readonly Answer[]
}

/** Out of a run bundle: the last snapshot, and the samples that it answers for. */
export function recordedAnswers(bundle: Uint8Array): Recorded {
  const events = JSON.parse(strFromU8(unzipSync(bundle)['events.json'])) as readonly { readonly kind: string; readonly data: unknown }[]
  const pictures = events.filter(({ kind }) => kind === 'pictures').map(({ data }) => data as Pictures)
  const snapshot = events.filter(({ kind }) => kind === 'snapshot').map(({ data }) => data as Snapshot).at(-1)
  const samples = pictures.find(({ purpose }) => purpose === 'samples')
  if (samples === undefined || snapshot?.kind !== 'answers') throw new Error('the bundle has no answers')
  return { rows: samples.rows, answers: snapshot.answers }
}

/** Rows of the digits as the sample experiment feeds them: pixels of 0 to 16 as 0 to 1. */
export function digitFeatures(rows: readonly number[]): Float32Array {
  const [, ...lines] = parse(readFileSync(DIGITS, 'utf8'))
  return Float32Array.from(rows.flatMap((row) => lines[row].slice(0, PIXELS).map((pixel) => Number(pixel) / 16)))
}

/** By the reference interpreter, in float64, from nothing but the file of weights: its metadata hold the document. */
export function referencePredictions(safetensors: Uint8Array, features: Float32Array): Float64Array {
  const file = need(decodeSafetensors(safetensors))
  const document = need(parseDocument(JSON.parse(file.metadata.document)))
  const classNames = JSON.parse(file.metadata.class_names) as string[]
  const plan = need(buildPlan(document, { sample: [PIXELS], target: { kind: 'class', classes: CLASSES, classNames } }))
  const rows = features.length / PIXELS
  const program = predictProgram(plan, rows)
  const weights = new Map(file.tensors.map(({ name, data }) => [name, Float32Array.from(data as Float32Array)]))
  const state = joinViews(program.state, weights)
  const feeds = stateFeeds(program.state, state)
  feeds.set('features', { shape: [rows, PIXELS], data: Float64Array.from(features) })
  return evaluateGraph(program.outputs.map(({ tensor }) => tensor), feeds)[0].data as Float64Array
}

/** The class of each row and how sure the model is, to the three digits that a run records. */
export function answersOf(predictions: ArrayLike<number>): Answer[] {
  return Array.from({ length: predictions.length / CLASSES }, (_, row) => {
    const own = Array.from({ length: CLASSES }, (_each, at) => predictions[row * CLASSES + at])
    const most = Math.max(...own)
    return { predicted: own.indexOf(most), certainty: Math.round(most * 1000) / 1000 }
  })
}
