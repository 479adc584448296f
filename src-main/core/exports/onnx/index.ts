import { onnx } from '@shared/catalog/exporters'
import type { TrainingPlan } from '@shared/compile'
import { refuse } from '@shared/spec/issue'
import { Emitter } from '@main/engines/onnx/lowerings/emitter'
import { FUSIONS } from '@main/engines/onnx/lowerings/fusions'
import { emitLowerings, planLowerings } from '@main/engines/onnx/lowerings/plan'
import { encodeModel, OnnxGraph } from '@main/engines/onnx/model'
import type { ModelExporter, TrainedModel } from '../exporter'
import { metadataOf } from '../metadata'
import { openProgram } from './batch-axis'
import { exportForms } from './forms'

/** Names of the model's one input, `[batch, …sample]`, and one output. */
export const INPUT = 'input'
export const OUTPUT = 'output'

/** A protocol buffer cannot be larger, bytes; a little is left for what is not weights. */
const LIMIT = 2 ** 31 - 2 ** 24

/**
 * The inference program as an ONNX model of standard operators: weights as initializers under their own names, batch
 * size open, origin and preprocessing in `metadata_props`.
 */
export const onnxExporter: ModelExporter = {
  definition: onnx,
  write(model) {
    const bytes = model.state.reduce((sum, { data }) => sum + data.byteLength, 0)
    if (bytes > LIMIT) refuse('export-too-large', [], { format: 'onnx', bytes, limit: LIMIT })
    const graph = new OnnxGraph(model.name)
    appendModel(graph, model)
    return encodeModel(graph, { producerVersion: model.version, doc: model.document.note ?? '', metadata: metadataOf(model) })
  },
}

function appendModel(graph: OnnxGraph, { plan, state }: TrainedModel): void {
  const open = openProgram({ ...plan, layout: unpacked(plan.layout) })
  const { program } = open
  const [{ tensor: features }] = program.rows
  const table = { forms: exportForms(open, features), blockedForms: new Map(), fusions: FUSIONS }
  const emitter = new Emitter(graph, table)
  emitter.bind(features, graph.input(INPUT, 'float32', ['batch', ...features.shape.slice(1)]))
  const values = new Map(state.map((each) => [each.name, each]))
  for (const { name, shape, tensor } of program.state) {
    const value = values.get(name)
    if (value === undefined) throw new Error(`no value of ${name}`)
    emitter.bind(tensor, graph.initializer(name, 'float32', value.data, shape))
  }
  const [{ tensor: output }] = program.outputs
  emitLowerings(emitter, planLowerings([output], table), [output])
  const axes = open.openAxes(output)
  graph.output(emitter.value(output), 'float32', output.shape.map((extent, axis) => (axes.includes(axis) ? 'batch' : extent)), OUTPUT)
}

/** Every weight an entry of its own: packing serves training only. */
function unpacked(layout: TrainingPlan['layout']): TrainingPlan['layout'] {
  const entries = layout.weights.map((weight) => ({
    name: weight.fullName,
    shape: weight.shape,
    views: [{ name: weight.fullName, shape: weight.shape, offset: 0 }],
    weights: [weight],
    decays: false,
    rateFactor: 1,
    frozen: false,
  }))
  return { ...layout, entries }
}
