import { buildPlan, initialState, stepInputs, trainProgram, type Program, type TrainingPlan } from '@shared/compile'
import { evaluateGraph } from '@shared/graph'
import { randomSource } from '@shared/lib/random'
import { need, parseDocument, type ExperimentDocument } from '@shared/spec'
import { stateFeeds } from '@test/helpers/state-feeds'

const SAMPLE = [6]
const CLASSES = 3

const MODEL = { nodes: [{ id: 'hidden', type: 'dense', units: 5, activation: 'tanh' }, { id: 'out', type: 'dense', units: CLASSES, activation: 'softmax' }] }

/** A small classifier and how it is trained; `training` on top of plain descent. */
export function planOf(training: object, model: object = MODEL): { readonly document: ExperimentDocument; readonly plan: TrainingPlan } {
  const document = need(parseDocument({ format: 1, dataset: { type: 'iris' }, model, training: { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: { type: 'sgd', learningRate: 1 }, ...training } }))
  const plan = need(buildPlan(document, { sample: SAMPLE, target: { kind: 'class', classes: CLASSES, classNames: ['a', 'b', 'c'] } }))
  return { document, plan }
}

export interface ReferenceStep {
  readonly program: Program
  /** By entry, before and after the update. */
  readonly before: ReadonlyMap<string, Float64Array>
  readonly after: ReadonlyMap<string, Float64Array>
  readonly outputs: Readonly<Record<string, readonly number[]>>
}

/** One update on `rows` drawn rows in float64, from the document's initial state or the one given. */
export function stepOf({ document, plan }: ReturnType<typeof planOf>, rows: number, { step = 0, state }: { readonly step?: number; readonly state?: ReadonlyMap<string, Float64Array> } = {}): ReferenceStep {
  const program = trainProgram(plan, rows)
  const random = randomSource(17, 'rows', step)
  const before = state ?? new Map([...initialState(plan, program.state, document.seed)].map(([name, values]) => [name, Float64Array.from(values)]))
  const feeds = stateFeeds(program.state, before)
  feeds.set('features', { shape: [rows, ...SAMPLE], data: Float64Array.from({ length: rows * 6 }, () => random.normal()) })
  feeds.set('targets', { shape: [rows], data: Float64Array.from({ length: rows }, () => random.integer(CLASSES)) })
  for (const [name, values] of Object.entries(stepInputs(program, step, 1, { seed: document.seed, optimizer: plan.optimizer, rate: () => plan.optimizer.learningRate }))) {
    feeds.set(name, { shape: program.steps.find((each) => each.name === name)?.shape ?? [], data: Float64Array.from(values) })
  }
  const changed = program.state.flatMap(({ name, next }) => (next === null ? [] : [{ name, next }]))
  const values = evaluateGraph([...program.outputs.map(({ tensor }) => tensor), ...changed.map(({ next }) => next)], feeds)
  return {
    program,
    before,
    after: new Map([...before, ...changed.map(({ name }, at) => [name, Float64Array.from(values[program.outputs.length + at].data)] as const)]),
    outputs: Object.fromEntries(program.outputs.map(({ name }, at) => [name, Array.from(values[at].data)])),
  }
}
