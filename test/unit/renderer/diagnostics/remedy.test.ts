import { expect, it } from 'vitest'
import { parseDocument } from '@shared/spec'
import type { JsonObject } from '@renderer/stores/edit'
import { withRemedy } from '@renderer/views/diagnostics/remedy'

it('a remedy changes what it says and the name, and leaves the rest', () => {
  const layers: readonly JsonObject[] = [{ id: 'in', type: 'input' }, { id: 'a', type: 'dense', units: 4, activation: 'sigmoid' }]
  const document = {
    format: 1,
    name: 'n'.repeat(198),
    dataset: { type: 'digits' },
    model: { nodes: layers },
    training: { loss: 'meanSquaredError', optimizer: { type: 'sgd' } },
  }
  const changed = withRemedy(document, {
    text: { en: 'Learning rate {rate}', 'zh-CN': '' },
    args: { rate: 0.1 },
    edits: [{ path: ['training', 'optimizer', 'learningRate'], value: 0.1 }, { path: ['model', 'nodes', 1, 'activation'], value: 'relu' }],
  })
  expect(changed).toEqual({
    ...document,
    name: `${'n'.repeat(198)} –`,
    model: { nodes: [layers[0], { ...layers[1], activation: 'relu' }] },
    training: { ...document.training, optimizer: { type: 'sgd', learningRate: 0.1 } },
  })
  expect(parseDocument(changed).ok).toBe(true)
  expect(withRemedy({ ...document, name: 'deep' }, { text: { en: 'Learning rate {rate}', 'zh-CN': '' }, args: { rate: 0.1 }, edits: [] }).name).toBe('deep – Learning rate 0.1')
})
