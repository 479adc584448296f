import { answersEverywhere, outputNodes } from './ends'
import type { Template, TemplateNode } from './template'

const FEATURES = 64

/** Pre-norm: attention, then a network for each step, each added to what it reads. */
function block(index: number, before: string, causal: boolean): { readonly nodes: readonly TemplateNode[]; readonly edges: readonly (readonly [string, string])[]; readonly last: string } {
  const id = (name: string): string => `${name}${String(index)}`
  const nodes: TemplateNode[] = [
    { id: id('normA'), type: 'layerNormalization', over: 'features' },
    { id: id('attention'), type: 'multiHeadAttention', heads: 4, ...(causal ? { causal } : {}) },
    { id: id('sumA'), type: 'add' },
    { id: id('normB'), type: 'layerNormalization', over: 'features' },
    { id: id('widen'), type: 'dense', units: 4 * FEATURES, activation: 'gelu' },
    { id: id('narrow'), type: 'dense', units: FEATURES },
    { id: id('sumB'), type: 'add' },
  ]
  const edges: (readonly [string, string])[] = [
    [before, id('normA')],
    [id('normA'), id('attention')],
    [before, id('sumA')],
    [id('attention'), id('sumA')],
    [id('sumA'), id('normB')],
    [id('normB'), id('widen')],
    [id('widen'), id('narrow')],
    [id('sumA'), id('sumB')],
    [id('narrow'), id('sumB')],
  ]
  return { nodes, edges, last: id('sumB') }
}

export const transformer: Template = {
  id: 'transformer',
  title: { en: 'Transformer', 'zh-CN': 'Transformer' },
  help: {
    en: 'Embedding, positions and one pre-norm block of attention and a step-wise network with residuals, averaged over time: predicts the next character. Where the data set asks for every position (targets: every), attention is causal and nothing is averaged.',
    'zh-CN': '嵌入、位置编码，以及一个带残差的前归一化块（注意力加逐步网络），再对时间取平均：预测下一个字符。数据集要求逐位置预测（targets: every）时，注意力为因果式且不取平均。',
  },
  needs: { image: false, target: 'class', text: true },
  model: ({ target }) => {
    const everywhere = answersEverywhere(target)
    const { nodes, edges, last } = block(1, 'positions', everywhere)
    const [output] = outputNodes(target)
    const end: readonly (readonly [string, string])[] = everywhere ? [['norm', output.id]] : [['norm', 'mean'], ['mean', output.id]]
    return {
      nodes: [
        { id: 'input', type: 'input' },
        { id: 'embedding', type: 'embedding', inputDim: target.kind === 'class' ? target.classes : 1, outputDim: FEATURES },
        { id: 'positions', type: 'positionalEncoding', kind: 'learned' },
        ...nodes,
        { id: 'norm', type: 'layerNormalization', over: 'features' },
        ...(everywhere ? [] : [{ id: 'mean', type: 'globalAveragePooling1d' }]),
        output,
      ],
      edges: [['input', 'embedding'], ['embedding', 'positions'], ...edges, [last, 'norm'], ...end],
    }
  },
}
