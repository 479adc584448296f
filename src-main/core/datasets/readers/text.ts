import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { TextDecoder } from 'node:util'
import { text } from '@shared/catalog/datasets/text'
import { MAX_VALUES } from '@shared/catalog/datasets/dataset'
import { refuse } from '@shared/spec/issue'
import { findFile, orRefuse } from '../files'
import { readerOf } from './reader'

/** Largest file that is read: its text, perhaps twice, and the number of every character stand in memory together. */
const MOST_BYTES = 2 ** 28

export const textReader = readerOf(text, async ({ path: name, sequenceLength, targets, stride, lowercase, encoding }, { baseDirectory, resourcesDirectory }) => {
  const file = name === undefined ? await findFile('sonnets.txt', path.join(resourcesDirectory, 'data'), ['dataset', 'type']) : await findFile(name, baseDirectory, ['dataset', 'path'])
  if (file.bytes > MOST_BYTES) refuse('data-text-too-large', file.field, { file: file.name, bytes: file.bytes, limit: MOST_BYTES })
  const bytes = await orRefuse(readFile(file.path), file.name, file.path, file.field)
  const decoded = decode(bytes, encoding, file.name).replaceAll('\r\n', '\n')
  const { codes, classNames } = numbered(lowercase ? decoded.toLowerCase() : decoded)
  const rows = Math.floor((codes.length - sequenceLength - 1) / stride) + 1
  if (rows < 1) refuse('data-text-too-short', ['dataset', 'sequenceLength'], { file: file.name, characters: codes.length, length: sequenceLength })
  if (rows * sequenceLength > MAX_VALUES) refuse('data-too-large', ['dataset'], { rows, features: sequenceLength, limit: MAX_VALUES })
  const data = new Float32Array(rows * sequenceLength)
  for (let row = 0; row < rows; row++) for (let at = 0; at < sequenceLength; at++) data[row * sequenceLength + at] = codes[row * stride + at]
  const features = { kind: 'dense', shape: [sequenceLength], data, characters: classNames } as const
  if (targets === 'every') {
    const labels = new Int32Array(data.length)
    for (let row = 0; row < rows; row++) for (let at = 0; at < sequenceLength; at++) labels[row * sequenceLength + at] = codes[row * stride + at + 1]
    return { rows, features, targets: { kind: 'class', labels, classNames, positions: sequenceLength } }
  }
  const labels = Int32Array.from({ length: rows }, (_, row) => codes[row * stride + sequenceLength])
  return { rows, features, targets: { kind: 'class', labels, classNames } }
})

/** Characters by their numbers, in the order of their code points. No list of all characters: it would need the most memory. */
function numbered(text: string): { readonly codes: Int32Array; readonly classNames: readonly string[] } {
  const codes = new Int32Array(text.length)
  const found = new Set<number>()
  let length = 0
  for (let at = 0; at < text.length; length++) {
    const point = text.codePointAt(at) ?? 0
    found.add(point)
    codes[length] = point
    at += point > 0xffff ? 2 : 1
  }
  const points = [...found].sort((a, b) => a - b)
  const numbers = new Map(points.map((point, number) => [point, number]))
  for (let at = 0; at < length; at++) codes[at] = numbers.get(codes[at]) ?? -1
  return { codes: codes.subarray(0, length), classNames: points.map((point) => String.fromCodePoint(point)) }
}

function decode(bytes: Uint8Array, encoding: string, file: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return refuse('data-text-encoding', ['dataset', 'encoding'], { file, encoding })
  }
}
