import { z } from 'zod'
import { field } from '@shared/catalog/definition'
import { nodeSchema } from '@shared/catalog/layers'

/** Ids appear in weight names (`dense1.kernel`) and file names of exports. */
const nodeIdSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/)

export const modelSchema = z.strictObject({
  nodes: field(z.array(nodeSchema).min(1).max(2000), {
    en: 'Layers. `id` may be left out: it is made from the type (dense1, dense2, …).',
    'zh-CN': '层。可以省略 `id`：会由类型自动生成（dense1、dense2……）。',
  }),
  edges: field(z.array(z.tuple([nodeIdSchema, nodeIdSchema])).max(10_000).optional(), {
    en: 'Connections [from, to]. Left out: each layer feeds the next in the list.',
    'zh-CN': '连接 [来源, 去向]。省略时按列表顺序逐层相连。',
  }),
})

export type ModelAsWritten = z.output<typeof modelSchema>
export type DocumentNode = ModelAsWritten['nodes'][number] & { readonly id: string }

export interface NormalizedModel {
  readonly nodes: readonly DocumentNode[]
  readonly edges: readonly (readonly [string, string])[]
}

/** Gives every node an id, a model without an input layer one, and a model without edges those of a chain. */
export function normalizeModel(model: ModelAsWritten): NormalizedModel {
  const named = nameNodes(model.nodes)
  const chain = model.edges === undefined
  const hasInput = named.some((node) => node.type === 'input')
  const nodes = chain && !hasInput ? [{ id: freeId('input', new Set(named.map((node) => node.id))), type: 'input' } as DocumentNode, ...named] : named
  const edges = model.edges ?? nodes.slice(1).map((node, index) => [nodes[index].id, node.id] as const)
  return { nodes, edges }
}

function nameNodes(nodes: ModelAsWritten['nodes']): DocumentNode[] {
  const taken = new Set(nodes.flatMap((node) => (node.id === undefined ? [] : [node.id])))
  return nodes.map((node) => {
    if (node.id !== undefined) return { ...node, id: node.id }
    const id = node.type === 'input' ? freeId('input', taken) : firstFree(node.type, taken)
    taken.add(id)
    return { ...node, id }
  })
}

function freeId(wish: string, taken: ReadonlySet<string>): string {
  return taken.has(wish) ? firstFree(wish, taken) : wish
}

function firstFree(type: string, taken: ReadonlySet<string>): string {
  let count = 1
  while (taken.has(`${type}${count}`)) count++
  return `${type}${count}`
}
