import { layerRegistry } from '@shared/catalog/layers'
import { concat, gradients, reshape, sizeOf, slice, sub, type Tensor } from '@shared/graph'
import type { TrainingPlan } from '../plan'
import type { Program, StateEntry } from '../program'
import { trainingStep, type TrainingStep } from '../train'
import { activity, histogram, moments, norm, saturation, unitAxis, type Saturating } from './measures'

/** What can be measured of a layer. Histograms are `[2 + BINS]` each: both ends, then counts. */
export type Measure =
  | 'gradientNorm'
  | 'weightNorm'
  | 'updateNorm'
  | 'mean'
  | 'deviation'
  | 'saturation'
  | 'active'
  | 'weights'
  | 'gradients'
  | 'activations'

/** Where a measure stands in the probe's one output. */
export interface ProbeField {
  readonly layer: string
  readonly measure: Measure
  readonly offset: number
  readonly length: number
}

/** A layer that is looked at. */
export interface ProbedLayer {
  readonly id: string
  readonly type: string
  /** Units whose activity is told one by one; 0 for layers that do not end in a ReLU. */
  readonly units: number
  readonly trained: boolean
  /** It is the model's output: that it is saturated there is what classifiers are trained for. */
  readonly last: boolean
}

export interface Probe {
  readonly program: Program
  readonly layers: readonly ProbedLayer[]
  readonly fields: readonly ProbeField[]
}

/** Name of the probe's output, float32 `[fields' lengths]`. */
export const PROBE = 'probe'

/** Groups of layers that only move numbers about, or drop some: what they show is seen one layer earlier. */
const PASSING = new Set(['input', 'shape', 'pooling', 'regularization'])

/**
 * A training step that changes nothing and reports, for each layer, what is about to happen: built from the same graph
 * as the step itself, so that penalties, clipping and dropout are in it. Takes the step's own rows and inputs.
 */
export function probeProgram(plan: TrainingPlan, batchSize: number, options: { readonly histograms: boolean }): Probe {
  // Layers are looked at for the batch as a whole, although the step may compute it in parts.
  const step = trainingStep({ ...plan, gradients: { ...plan.gradients, parts: 1 } }, batchSize)
  const slopes = gradients(step.objective, plan.layout.weights.map(({ fullName }) => step.weight(fullName)))
  const gradientOf = new Map(plan.layout.weights.map(({ fullName }, index) => [fullName, slopes[index]]))
  const layers = probedLayers(plan, step)
  const parts: { readonly layer: string; readonly measure: Measure; readonly tensor: Tensor }[] = []
  for (const { id, units } of layers) {
    const found = step.program.graph.scoped(`probe/${id}`, () => measuresOf(plan, step, gradientOf, id, units, options.histograms))
    for (const [measure, tensor] of Object.entries(found)) parts.push({ layer: id, measure: measure as Measure, tensor })
  }
  let offset = 0
  const fields = parts.map(({ layer, measure, tensor }): ProbeField => {
    const length = sizeOf(tensor.shape)
    offset += length
    return { layer, measure, offset: offset - length, length }
  })
  const all = concat(parts.map(({ tensor }) => reshape(tensor, [sizeOf(tensor.shape)])), 0)
  return { program: readOnly(step.program, [{ name: PROBE, tensor: all }]), layers, fields }
}

/** The program with other outputs, and without anything that it changes. */
export function readOnly(program: Program, outputs: Program['outputs']): Program {
  return { ...program, kind: 'probe', state: program.state.map((entry): StateEntry => ({ ...entry, next: null })), outputs }
}

function probedLayers({ model, layout }: TrainingPlan, { layers }: TrainingStep): ProbedLayer[] {
  const trained = new Set(layout.weights.map(({ layer }) => layer))
  return model.nodes.flatMap(({ node: { id, type } }) => {
    const output = layers.get(id)
    if (output === undefined || PASSING.has(layerRegistry.get(type)?.group ?? 'input')) return []
    const units = output.op === 'relu' ? output.shape[unitAxis(output.shape)] : 0
    return [{ id, type, units, trained: trained.has(id), last: id === model.output }]
  })
}

function measuresOf(
  { layout }: TrainingPlan,
  step: TrainingStep,
  gradientOf: ReadonlyMap<string, Tensor>,
  layer: string,
  units: number,
  histograms: boolean,
): Partial<Record<Measure, Tensor>> {
  const { graph } = step.program
  const names = layout.weights.filter((weight) => weight.layer === layer).map(({ fullName }) => fullName)
  const output = step.layers.get(layer) as Tensor
  const { mean, deviation } = moments(output)
  const found: Partial<Record<Measure, Tensor>> = { mean, deviation }
  if (output.op === 'sigmoid' || output.op === 'tanh') found.saturation = saturation(output, output.op satisfies Saturating)
  if (units > 0) found.active = activity(output)
  if (histograms) found.activations = histogram(graph, [output])
  if (names.length === 0) return found
  const slopes = names.map((name) => gradientOf.get(name) as Tensor)
  const weights = names.map((name) => step.weight(name))
  found.gradientNorm = norm(slopes)
  found.weightNorm = norm(weights)
  const moving = names.filter((name) => !layout.entries.some(({ frozen, weights: members }) => frozen && members.some(({ fullName }) => fullName === name)))
  if (moving.length > 0) found.updateNorm = norm(moving.map((name) => updateOf(step.program, name)))
  if (histograms) {
    found.weights = histogram(graph, weights)
    found.gradients = histogram(graph, slopes)
  }
  return found
}

/** What the step adds to a weight that it trains. */
function updateOf({ state }: Program, fullName: string): Tensor {
  for (const { tensor, next, views } of state) {
    const view = views.find(({ name }) => name === fullName)
    if (view === undefined || next === null) continue
    const change = sub(next, tensor)
    return views.length === 1 ? change : slice(change, { starts: [view.offset], sizes: [sizeOf(view.shape)] })
  }
  throw new Error(`no state entry trains ${fullName}`)
}
