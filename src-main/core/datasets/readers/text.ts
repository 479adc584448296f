import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { TextDecoder } from 'node:util'
import { text } from '@shared/catalog/datasets/text'
import { MAX_VALUES } from '@shared/catalog/datasets/dataset'
import { refuse } from '@shared/spec/issue'
import { findFile, orRefuse } from '../files'
import { readerOf } from './reader'

export const textReader = readerOf(text, async ({ path: name, sequenceLength, targets, stride, lowercase, encoding }, { baseDirectory, resourcesDirectory }) => {
  const file = name === undefined ? await findFile('sonnets.txt', path.join(resourcesDirectory, 'data'), ['dataset', 'type']) : await findFile(name, baseDirectory, ['dataset', 'path'])
  const bytes = await orRefuse(readFile(file.path), file.name, file.path, file.field)
  const decoded = decode(bytes, encoding, file.name).replaceAll('\r\n', '\n')
  const characters = [...(lowercase ? decoded.toLowerCase() : decoded)]
  const rows = Math.floor((characters.length - sequenceLength - 1) / stride) + 1
  if (rows < 1) refuse('data-text-too-short', ['dataset', 'sequenceLength'], { file: file.name, characters: characters.length, length: sequenceLength })
  if (rows * sequenceLength > MAX_VALUES) refuse('data-too-large', ['dataset'], { rows, features: sequenceLength, limit: MAX_VALUES })
  const classNames = [...new Set(characters)].sort((a, b) => (a.codePointAt(0) ?? 0) - (b.codePointAt(0) ?? 0))
  const numbers = new Map(classNames.map((character, number) => [character, number]))
  const codes = Int32Array.from(characters, (character) => numbers.get(character) ?? -1)
  const data = new Float32Array(rows * sequenceLength)
  for (let row = 0; row < rows; row++) for (let at = 0; at < sequenceLength; at++) data[row * sequenceLength + at] = codes[row * stride + at]
  const features = { kind: 'dense', shape: [sequenceLength], data, characters: classNames } as const
  if (targets === 'every') {
    const labels = Int32Array.from(data, (_, at) => codes[Math.floor(at / sequenceLength) * stride + (at % sequenceLength) + 1])
    return { rows, features, targets: { kind: 'class', labels, classNames, positions: sequenceLength } }
  }
  const labels = Int32Array.from({ length: rows }, (_, row) => codes[row * stride + sequenceLength])
  return { rows, features, targets: { kind: 'class', labels, classNames } }
})

function decode(bytes: Uint8Array, encoding: string, file: string): string {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return refuse('data-text-encoding', ['dataset', 'encoding'], { file, encoding })
  }
}
