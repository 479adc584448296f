import { digitsReader, irisReader } from './builtin'
import { csvReader } from './csv'
import { idxReader } from './idx'
import { imageFolderReader } from './image-folder'
import { npyReader } from './npy'
import { sequenceCsvReader } from './sequence-csv'
import { textReader } from './text'
import type { DatasetReader } from './reader'

export type { DatasetReader } from './reader'

/** One reader for every file-based data set of the catalog. */
export const datasetReaders: readonly DatasetReader[] = [digitsReader, irisReader, csvReader, idxReader, npyReader, imageFolderReader, textReader, sequenceCsvReader]
