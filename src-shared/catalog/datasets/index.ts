import { z } from 'zod'
import { registry } from '../definition'
import { circles } from './circles'
import { classification } from './classification'
import { csv } from './csv'
import { datasetDocumentSchema, type DatasetDefinition } from './dataset'
import { digits } from './digits'
import { gaussian } from './gaussian'
import { idx } from './idx'
import { imageFolder } from './image-folder'
import { iris } from './iris'
import { linear } from './linear'
import { moons } from './moons'
import { npy } from './npy'
import { sequenceCsv } from './sequence-csv'
import { spiral } from './spiral'
import { syntheticDigits } from './synthetic-digits'
import { text } from './text'
import { xor } from './xor'

export { circles, classification, csv, digits, gaussian, idx, imageFolder, iris, linear, moons, npy, sequenceCsv, spiral, syntheticDigits, text, xor }
export { MAX_VALUES, datasetDocumentSchema } from './dataset'
export type { DatasetDefinition, FileDataset, GeneratedDataset } from './dataset'
export type { FeatureScaling, PreprocessOptions } from './preprocess-options'
export type { SplitOptions } from './split-options'

export const datasetDefinitions: readonly [DatasetDefinition, ...DatasetDefinition[]] = [
  digits,
  syntheticDigits,
  iris,
  csv,
  idx,
  npy,
  imageFolder,
  text,
  sequenceCsv,
  linear,
  classification,
  moons,
  circles,
  spiral,
  gaussian,
  xor,
]

export const datasets = registry(datasetDefinitions)

const [first, ...others] = datasetDefinitions

/** The `dataset` part of an experiment document, defaults filled in. A definition's own options: {@link datasetOptions}. */
export const datasetSchema = z.discriminatedUnion('type', [datasetDocumentSchema(first), ...others.map(datasetDocumentSchema)])

export type DatasetDocument = z.output<typeof datasetSchema>

/** A validated document's options of its own definition, without the common ones. */
export function datasetOptions<S extends z.ZodObject>(definition: DatasetDefinition<S>, document: DatasetDocument): z.output<S> {
  const own = Object.fromEntries(Object.entries(document).filter(([name]) => name in definition.options.shape))
  return definition.options.parse(own)
}
