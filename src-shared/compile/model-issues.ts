import { z } from 'zod'
import { layerRegistry, nodeSchema } from '@shared/catalog/layers'
import type { Shape } from '@shared/graph'
import { normalizeModel } from '@shared/spec'
import type { Issue } from '@shared/spec/issue'
import { shapeIssues } from './model'
import { orderNodes } from './order'

/** What must hold of a model for its nodes to be named and its edges to be followed. */
const outlineSchema = z.object({
  model: z.object({
    nodes: z.array(z.looseObject({ id: z.string().optional(), type: z.string() })).min(1),
    edges: z.array(z.tuple([z.string(), z.string()])).optional(),
  }),
})

/**
 * What is wrong with the model of a document that is not valid, beside what its schema says: ids, edges, cycles and ends,
 * and the shapes of layers that no invalid one comes before. Paths count the document's own nodes. `sample`: null where
 * the data is not known.
 */
export function modelIssues(document: unknown, sample: Shape | null): readonly Issue[] {
  const outline = outlineSchema.safeParse(document)
  if (!outline.success) return []
  const { nodes, edges } = outline.data.model
  const known = nodes.every(({ type }) => layerRegistry.has(type))
  // An unknown type gives no name that edges could mean.
  if (edges !== undefined && nodes.some(({ id, type }) => id === undefined && !layerRegistry.has(type))) return []
  const read = nodes.map((node) => nodeSchema.safeParse(node))
  const model = normalizeModel({ nodes: read.map(({ data }, index) => data ?? nodes[index]), edges })
  const added = model.nodes.length - nodes.length
  const ordered = orderNodes(model)
  const found = 'issues' in ordered ? ordered.issues : shapeIssues(model, ordered.nodes, { sample, isReadable: (index) => index < added || read[index - added].success })
  // A layer whose type is misspelled may be the one that is missed.
  return found.filter(({ code }) => known || code !== 'model-no-input').map((each) => ({ ...each, path: ownPath(each.path, added) }))
}

/** Normalizing may have put an input before the document's own nodes. */
function ownPath([area, list, index, ...rest]: Issue['path'], added: number): Issue['path'] {
  return list === 'nodes' && typeof index === 'number' ? [area, list, index - added, ...rest] : [area, list, ...(index === undefined ? [] : [index]), ...rest]
}
