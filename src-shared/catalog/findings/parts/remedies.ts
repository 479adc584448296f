import type { ExperimentDocument } from '@shared/spec'
import { resolveOptimizer } from '../../optimizers'
import type { Edit, Evidence, Remedy } from '../finding'
import { rounded, shown } from './numbers'

/** What anybody trains with, by a wide margin: a rate beyond it is left to the person. */
const USUAL_RATES = { least: 1e-8, most: 100 }

/** The rate that the document asks for, the dialect's default where it names none. */
function baseRate({ training }: ExperimentDocument): number | null {
  const resolved = resolveOptimizer(training.optimizer)
  return resolved.ok ? resolved.value.learningRate : null
}

/** Another learning rate: the present one times `factor`. */
export function scaledRate({ document }: Pick<Evidence, 'document'>, factor: number): Remedy[] {
  const rate = baseRate(document)
  return rate === null ? [] : newRate(rate * factor)
}

/** This learning rate, rounded; none where nobody would try it. */
export function newRate(rate: number): Remedy[] {
  const value = rounded(rate)
  if (!(value >= USUAL_RATES.least && value <= USUAL_RATES.most)) return []
  return [
    {
      text: { en: 'Learning rate {rate}', 'zh-CN': '学习率改为 {rate}' },
      args: { rate: shown(value) },
      edits: [{ path: ['training', 'optimizer', 'learningRate'], value }],
    },
  ]
}

/** Hidden layers by id whose activation is one of these, with their place in the document. */
export function layersWith({ model }: ExperimentDocument, activations: readonly string[]): { readonly id: string; readonly index: number }[] {
  const sources = new Set(model.edges.map(([from]) => from))
  return model.nodes.flatMap(({ id, activation }, index) => {
    const type = typeof activation === 'object' && activation !== null && 'type' in activation ? String(activation.type) : activation
    return sources.has(id) && typeof type === 'string' && activations.includes(type) ? [{ id, index }] : []
  })
}

/** These layers with a ReLU, their kernels drawn as He et al. say. */
export function withRelu({ model }: ExperimentDocument, layers: readonly { readonly index: number }[]): Edit[] {
  return layers.flatMap(({ index }) => [
    { path: ['model', 'nodes', index, 'activation'], value: 'relu' },
    ...('kernelInitializer' in model.nodes[index] ? [{ path: ['model', 'nodes', index, 'kernelInitializer'], value: 'heNormal' }] : []),
  ])
}
