import type { z } from 'zod'
import { datasetOptions, type DatasetDefinition, type DatasetDocument } from '@shared/catalog/datasets'
import type { RawData } from '@shared/data/types'
import type { DataFolders } from '../files'

/** Reads the data sets of one file-based definition. Throws `IssueError` for whatever is wrong with the files. */
export interface DatasetReader {
  readonly type: string
  read(document: DatasetDocument, folders: DataFolders): Promise<RawData>
}

/** A reader of this definition's options. */
export function readerOf<S extends z.ZodObject>(definition: DatasetDefinition<S>, read: (options: z.output<S>, folders: DataFolders) => Promise<RawData>): DatasetReader {
  return { type: definition.type, read: (document, folders) => read(datasetOptions(definition, document), folders) }
}
