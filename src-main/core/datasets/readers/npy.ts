import { npy } from '@shared/catalog/datasets/npy'
import type { Shape } from '@shared/graph'
import { elementsOf } from '@shared/data/rows'
import { refuse } from '@shared/spec/issue'
import { findFile } from '../files'
import { arrayData, type ArrayPair } from './array-data'
import type { ArrayFile } from './array-file'
import { closingReaders, memoryBytes, openBytes } from './byte-reader'
import { openNpy } from './npy-header'
import { openNpz } from './npz'
import { readerOf } from './reader'

export const npyReader = readerOf(npy, async (options, { baseDirectory }) =>
  closingReaders(async (keep) => {
    const archive = options.path === undefined ? null : await openNpz(await findFile(options.path, baseDirectory, ['dataset', 'path']))
    const open = async (name: string, option: string): Promise<ArrayFile> => {
      const field = ['dataset', option]
      if (archive !== null) return openNpy(memoryBytes(archive.unpack(name, field)), name, field)
      return openNpy(keep(await openBytes(await findFile(name, baseDirectory, field))), name, field)
    }
    const { testFeatures, testTargets } = options
    if ((testFeatures === undefined) !== (testTargets === undefined)) refuse('array-test-pair', ['dataset', testFeatures === undefined ? 'testFeatures' : 'testTargets'])
    const train: ArrayPair = { features: await open(options.features, 'features'), targets: await open(options.targets, 'targets') }
    const test = testFeatures === undefined || testTargets === undefined ? null : { features: await open(testFeatures, 'testFeatures'), targets: await open(testTargets, 'testTargets') }
    return arrayData(train, test, {
      task: options.task,
      sampleShape: sampleShape(train.features, options.shape),
      ...(options.classNames === undefined ? {} : { classNames: options.classNames }),
    })
  }),
)

function sampleShape({ shape, name, field }: ArrayFile, wanted: 'stored' | 'flat' | 'image'): Shape {
  const sample = shape.length === 1 ? [1] : shape.slice(1)
  if (wanted === 'stored') return sample
  if (wanted === 'flat') return [elementsOf(sample)]
  if (sample.length === 2) return [1, ...sample]
  return sample.length === 3 ? sample : refuse('array-not-images', field, { file: name, shape: sample.join('×') })
}
