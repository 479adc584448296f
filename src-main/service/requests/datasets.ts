import { datasetSchema } from '@shared/catalog/datasets'
import { failure, type Result } from '@shared/spec/issue'
import { parseBy } from '@shared/spec/zod-issues'
import type { DocumentPlaces } from '../document-places'
import type { Handlers } from '../handlers'
import type { PreviewThread } from '../preview-thread'
import type { DatasetDocument } from '@shared/catalog/datasets'

export function datasetRequests(places: DocumentPlaces, previews: PreviewThread): Handlers<'dataset.preview'> {
  return {
    'dataset.preview': async ({ dataset, seed, tab, file }) => {
      const parsed = parseDataset(dataset)
      if (!parsed.ok) return parsed
      const baseDirectory = places.baseDirectory(tab, file)
      const confined = await places.confine({ dataset: parsed.value }, baseDirectory)
      if (!confined.ok) return confined
      return await previews.preview({ dataset: parsed.value, seed, baseDirectory })
    },
  }
}

function parseDataset(value: unknown): Result<DatasetDocument> {
  const parsed = parseBy(datasetSchema, value)
  return parsed.ok ? parsed : failure(...parsed.issues.map((each) => ({ ...each, path: ['dataset', ...each.path] })))
}
