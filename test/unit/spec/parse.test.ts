import { describe, expect, it } from 'vitest'
import { formatIssue } from '@shared/locales/issues'
import { documentJsonSchema, need, parseDocument, parseDocumentText } from '@shared/spec'

const minimal = {
  format: 1,
  dataset: { type: 'iris' },
  model: { nodes: [{ type: 'dense', units: 8, activation: 'relu' }, { type: 'dense', units: 3, activation: 'softmax' }] },
  training: { loss: 'categoricalCrossentropy', optimizer: 'adam' },
}

function problems(value: unknown): string[] {
  const result = parseDocument(value)
  return result.ok ? [] : result.issues.map(({ code, path }) => `${path.join('.')} ${code}`)
}

describe('parseDocument', () => {
  it('fills in names, ids, the input layer, edges and defaults', () => {
    const { name, seed, model, training, engine } = need(parseDocument(minimal))
    expect([name, seed, training.batchSize, training.epochs, engine.preference]).toEqual(['experiment', 42, 32, 10, 'auto'])
    expect(model.nodes.map((node) => [node.id, node.type])).toEqual([
      ['input', 'input'],
      ['dense1', 'dense'],
      ['dense2', 'dense'],
    ])
    expect(model.edges).toEqual([
      ['input', 'dense1'],
      ['dense1', 'dense2'],
    ])
  })

  it('leaves a normalized document as it is', () => {
    const once = parseDocument(minimal)
    if (!once.ok) throw new Error('not accepted')
    expect(parseDocument(JSON.parse(JSON.stringify(once.value)))).toEqual(once)
  })

  it('does not take a given id for a made one', () => {
    const result = parseDocument({ ...minimal, model: { nodes: [{ type: 'dense', units: 1 }, { id: 'dense1', type: 'dense', units: 2 }, { id: 'input', type: 'flatten' }] } })
    expect(result.ok && result.value.model.nodes.map((node) => node.id)).toEqual(['input1', 'dense2', 'dense1', 'input'])
  })

  it.each([
    ['an unknown layer', { ...minimal, model: { nodes: [{ type: 'desne', units: 3 }] } }, 'model.nodes.0.type document-misspelled-type'],
    ['an unknown option', { ...minimal, model: { nodes: [{ type: 'dense', color: 3, units: 3 }] } }, 'model.nodes.0.color document-unknown-key'],
    ['a missing option', { ...minimal, model: { nodes: [{ type: 'dense' }] } }, 'model.nodes.0.units document-missing'],
    ['a number too small', { ...minimal, model: { nodes: [{ type: 'dense', units: 0 }] } }, 'model.nodes.0.units document-too-small'],
    ['a text for a number', { ...minimal, model: { nodes: [{ type: 'dense', units: '3' }] } }, 'model.nodes.0.units document-wrong-type'],
    ['a negative rate', { ...minimal, training: { ...minimal.training, optimizer: { type: 'adam', learningRate: -1 } } }, 'training.optimizer.learningRate document-too-small'],
    ['an unknown optimizer', { ...minimal, training: { ...minimal.training, optimizer: 'quickest' } }, 'training.optimizer document-not-allowed'],
    ['a newer format', { ...minimal, format: 2 }, 'format document-format-newer'],
    ['a list', [], ' document-not-object'],
  ])('names the place of %s', (_what, value, expected) => {
    expect(problems(value)).toContain(expected)
  })

  it('reports several mistakes at once', () => {
    expect(problems({ ...minimal, seed: -1, model: { nodes: [{ type: 'dense', units: 0 }, { type: 'nothing' }] }, extra: 1 })).toEqual(
      expect.arrayContaining(['seed document-too-small', 'model.nodes.0.units document-too-small', 'model.nodes.1.type document-unknown-type', 'extra document-unknown-key']),
    )
  })

  it('refuses keys that could reach a prototype', () => {
    const result = parseDocumentText('{"format":1,"__proto__":{"polluted":true},"model":{"nodes":[{"constructor":1}]}}')
    expect(!result.ok && result.issues.map(({ code, path }) => `${path.join('.')} ${code}`)).toEqual(['__proto__ document-forbidden-key', 'model.nodes.0.constructor document-forbidden-key'])
    expect(({} as Record<string, unknown>).polluted).toBe(undefined)
  })

  it('says where JSON ends to be JSON, and refuses enormous texts', () => {
    expect(parseDocumentText('{"format": 1,')).toMatchObject({ ok: false, issues: [{ code: 'document-not-json' }] })
    expect(parseDocumentText(`"${'x'.repeat(9_000_000)}"`)).toMatchObject({ ok: false, issues: [{ code: 'document-too-large' }] })
  })

  it('migrates a document from before the format had a number', () => {
    const { format: _format, ...old } = minimal
    expect(parseDocument(old).ok).toBe(true)
  })

  it('has words for every code it gives, in both languages', () => {
    const wrong: unknown[] = [{ ...minimal, seed: 'x', extra: 1, model: { nodes: [{ type: 'q' }, { type: 'dense', units: 0 }] } }, { ...minimal, format: 9 }, [], { constructor: 1 }]
    for (const value of wrong) {
      const result = parseDocument(value)
      for (const each of result.ok ? [] : result.issues) {
        for (const language of ['en', 'zh-CN'] as const) expect(formatIssue(each, language)).not.toMatch(/\{\w+\}|^document-/)
      }
    }
  })

  it('is written out as a JSON Schema whose layers carry help in both languages', () => {
    const text = JSON.stringify(documentJsonSchema())
    expect(text).toContain('"const":"dense"')
    expect(text).toContain('x-zh-CN')
  })
})
