import { halvings, imageInput, outputNodes } from './ends'
import type { Template, TemplateNode } from './template'

type Edge = readonly [string, string]

const FILTERS = [16, 32, 64]

interface Part {
  readonly nodes: readonly TemplateNode[]
  readonly edges: readonly Edge[]
  readonly end: string
}

function chain(from: string | null, nodes: readonly TemplateNode[]): Part {
  const ids = [...(from === null ? [] : [from]), ...nodes.map(({ id }) => id)]
  return { nodes, edges: ids.slice(1).map((id, index): Edge => [ids[index], id]), end: ids[ids.length - 1] }
}

function convolution(id: string, filters: number, strides: number, kernelSize = 3): TemplateNode {
  return { id, type: 'conv2d', filters, kernelSize, ...(strides === 1 ? {} : { strides }), padding: 'same', useBias: false, kernelInitializer: 'heNormal' }
}

/** Two normalized convolutions beside a shortcut; the shortcut is a 1×1 convolution where the shape changes. */
function block(from: string, index: number): Part {
  const name = (part: string): string => `block${index + 1}_${part}`
  const filters = FILTERS[index]
  const strides = index === 0 ? 1 : 2
  const body = chain(from, [
    convolution(name('conv1'), filters, strides),
    { id: name('norm1'), type: 'batchNormalization' },
    { id: name('relu1'), type: 'activation', activation: 'relu' },
    convolution(name('conv2'), filters, 1),
    { id: name('norm2'), type: 'batchNormalization' },
  ])
  const shortcut = strides === 1 ? { nodes: [], edges: [], end: from } : chain(from, [convolution(name('project'), filters, strides, 1)])
  const sum: TemplateNode = { id: name('add'), type: 'add' }
  const after = chain(sum.id, [{ id: name('relu2'), type: 'activation', activation: 'relu' }])
  return {
    nodes: [...body.nodes, ...shortcut.nodes, sum, ...after.nodes],
    edges: [...body.edges, ...shortcut.edges, [body.end, sum.id], [shortcut.end, sum.id], ...after.edges],
    end: after.end,
  }
}

export const residualCnn: Template = {
  id: 'residual-cnn',
  title: { en: 'Residual CNN', 'zh-CN': '残差卷积网络' },
  help: { en: 'Blocks of two convolutions whose input is added to their output, as in ResNet (He et al., 2016): deep, and still easy to train.', 'zh-CN': '每块含两个卷积层，块的输入加到其输出上，仿照 ResNet（He 等，2016）：很深但仍易于训练。' },
  needs: { image: true, target: null },
  model: ({ sample, image, target }) => {
    // Called with images only.
    const shape = image ?? sample
    const stem = chain(null, [...imageInput(sample, shape), convolution('stem', FILTERS[0], 1), { id: 'stem_norm', type: 'batchNormalization' }, { id: 'stem_relu', type: 'activation', activation: 'relu' }])
    const parts = [stem]
    for (let index = 0; index <= halvings(shape, FILTERS.length - 1); index++) parts.push(block(parts[index].end, index))
    const head = chain(parts[parts.length - 1].end, [{ id: 'average', type: 'globalAveragePooling2d' }, ...outputNodes(target)])
    return { nodes: [...parts, head].flatMap(({ nodes }) => nodes), edges: [...parts, head].flatMap(({ edges }) => edges) }
  },
}
