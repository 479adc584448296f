import { describe, expect, it } from 'vitest'
import { buildPlan, modelIssues, type DataShape } from '@shared/compile'
import { parseDocument } from '@shared/spec'
import type { Issue } from '@shared/spec/issue'

const IMAGE = [1, 8, 8]
const DATA: DataShape = { sample: IMAGE, target: { kind: 'class', classes: 10, classNames: [] } }
const conv = { id: 'conv', type: 'conv2d', filters: 4, kernelSize: 3 }
const output = { id: 'output', type: 'dense', units: 10 }
const broken = { id: 'broken', type: 'dense', units: 0 }

const found = (issues: readonly Issue[]): readonly string[] => issues.map(({ code, path }) => `${code} ${path.join('.')}`)
const of = (nodes: readonly object[], edges?: readonly (readonly [string, string])[], sample: readonly number[] | null = IMAGE): readonly string[] =>
  found(modelIssues({ model: { nodes, ...(edges === undefined ? {} : { edges }) } }, sample))

describe('the model of a document that is not valid', () => {
  it('is checked as far as its layers are valid: shapes before the broken one, inputs after it, too', () => {
    expect(of([conv, output, broken, { id: 'sum', type: 'add' }])).toEqual(['layer-needs-vector model.nodes.1', 'model-arity model.nodes.3'])
    expect(of([broken, conv])).toEqual([])
  })

  it('has paths of the document itself, with an input of its own or not', () => {
    expect(of([{ type: 'input' }, conv, output, broken])).toEqual(['layer-needs-vector model.nodes.2'])
  })

  it('is checked without data: cycles, unknown and repeated ids, ends, numbers of inputs', () => {
    const nodes = [{ id: 'input', type: 'input' }, conv, broken]
    expect(of(nodes, [['input', 'conv'], ['conv', 'broken'], ['broken', 'conv']], null)).toEqual(['model-cycle model.edges'])
    expect(of(nodes, [['input', 'conv'], ['conv', 'nobody']], null)).toEqual(['model-edge-unknown-node model.edges.1.1'])
    expect(of([...nodes, { ...conv }], undefined, null)).toEqual(['model-duplicate-id model.nodes.3.id'])
    expect(of(nodes, [['input', 'conv']], null)).toEqual(['model-several-outputs model.nodes'])
    expect(of([conv, output, broken], undefined, null)).toEqual([])
  })

  it('with an unknown type says nothing that might be its doing', () => {
    expect(of([{ type: 'desne', units: 3 }, output], [['desne1', 'output']])).toEqual([])
    expect(of([{ id: 'start', type: 'inptu' }, output], [['start', 'output']])).toEqual([])
    expect(of([{ id: 'start', type: 'inptu' }, output], [['start', 'nobody']])).toEqual(['model-edge-unknown-node model.edges.0.1'])
  })

  it.each([[null], [[]], [{}], [{ model: 3 }], [{ model: { nodes: [] } }], [{ model: { nodes: [3] } }], [{ model: { nodes: [conv], edges: [['a']] } }]])('that cannot be followed is left to the schema: %j', (document) => {
    expect(modelIssues(document, IMAGE)).toEqual([])
  })

  it('says of a valid one what the plan says', () => {
    const document = { format: 1, dataset: { type: 'digits' }, model: { nodes: [conv, output] }, training: { loss: 'categoricalCrossentropy', optimizer: 'sgd' } }
    const parsed = parseDocument(document)
    const plan = parsed.ok ? buildPlan(parsed.value, DATA) : parsed
    // The plan counts the input that normalizing put before them.
    expect(found(plan.ok ? [] : plan.issues)).toEqual(['layer-needs-vector model.nodes.2'])
    expect(found(modelIssues(document, IMAGE))).toEqual(['layer-needs-vector model.nodes.1'])
  })
})

it('what is wrong with training is found beside what is wrong with the model and the optimizer', () => {
  const parsed = parseDocument({
    format: 1,
    dataset: { type: 'digits' },
    model: { nodes: [conv, output] },
    training: { loss: 'categoricalCrossentropy', optimizer: 'sgd', batchSize: 4000, stopping: [{ type: 'earlyStopping', monitor: 'val.f1' }] },
  })
  const plan = parsed.ok ? buildPlan(parsed.value, DATA, 1000) : parsed
  expect(found(plan.ok ? [] : plan.issues)).toEqual(['layer-needs-vector model.nodes.2', 'training-batch-too-large training.batchSize', 'stopping-monitor-unknown training.stopping.0.monitor'])
})
