import { idx } from '@shared/catalog/datasets/idx'
import type { Shape } from '@shared/graph'
import { elementsOf } from '@shared/data/rows'
import { refuse, type Issue } from '@shared/spec/issue'
import { findFile } from '../files'
import { arrayData, type ArrayPair } from './array-data'
import { checkSize, type ArrayFile } from './array-file'
import { closingReaders, openBytes, type ByteReader } from './byte-reader'
import { readerOf } from './reader'
import { float32, float64, int16, int32, int8, uint8, type ScalarType } from './scalars'

const TYPES: ReadonlyMap<number, ScalarType> = new Map([
  [0x08, uint8],
  [0x09, int8],
  [0x0b, int16],
  [0x0c, int32],
  [0x0d, float32],
  [0x0e, float64],
])

export const idxReader = readerOf(idx, async (options, { baseDirectory }) =>
  closingReaders(async (keep) => {
    const open = async (name: string, option: string, ranks: readonly number[]): Promise<ArrayFile> => {
      const field = ['dataset', option]
      return readHeader(keep(await openBytes(await findFile(name, baseDirectory, field))), name, field, ranks)
    }
    const pair = async (images: string, imagesOption: string, labels: string, labelsOption: string): Promise<ArrayPair> => ({
      features: await open(images, imagesOption, [2, 3, 4]),
      targets: await open(labels, labelsOption, [1]),
    })
    const { testImages, testLabels } = options
    if ((testImages === undefined) !== (testLabels === undefined)) refuse('array-test-pair', ['dataset', testImages === undefined ? 'testImages' : 'testLabels'])
    const train = await pair(options.images, 'images', options.labels, 'labels')
    const test = testImages === undefined || testLabels === undefined ? null : await pair(testImages, 'testImages', testLabels, 'testLabels')
    return arrayData(train, test, {
      task: 'auto',
      sampleShape: sampleShape(train.features, options.shape),
      ...(options.classNames === undefined ? {} : { classNames: options.classNames }),
    })
  }),
)

function sampleShape({ shape, name, field }: ArrayFile, wanted: 'flat' | 'image'): Shape {
  const sample = shape.slice(1)
  if (wanted === 'flat') return [elementsOf(sample)]
  if (sample.length === 1) refuse('array-not-images', field, { file: name, shape: sample.join('×') })
  return sample.length === 2 ? [1, ...sample] : sample
}

/** Two zero bytes, type, rank, then one big-endian length per dimension. */
async function readHeader(reader: ByteReader, name: string, field: Issue['path'], ranks: readonly number[]): Promise<ArrayFile> {
  const start = new Uint8Array(4)
  const got = await reader.fill(start)
  const type = TYPES.get(start[2])
  const rank = start[3]
  if (got < 4 || start[0] !== 0 || start[1] !== 0 || type === undefined) {
    refuse('idx-magic', field, { file: name, found: Array.from(start.subarray(0, got), (byte) => byte.toString(16).padStart(2, '0')).join(' ') })
  }
  if (!ranks.includes(rank)) refuse('idx-rank', field, { file: name, rank, expected: ranks.join('/') })
  const lengths = new Uint8Array(4 * rank)
  if ((await reader.fill(lengths)) < lengths.length) refuse('idx-header-cut', field, { file: name })
  const view = new DataView(lengths.buffer)
  const array: ArrayFile = { name, field, shape: Array.from({ length: rank }, (_, axis) => view.getUint32(4 * axis, false)), type, littleEndian: false, reader }
  checkSize(array, 4 + lengths.length)
  return array
}
