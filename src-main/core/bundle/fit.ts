import { factsSchema } from '@main/core/exports/collect'
import { AVERAGE, buildPlan, trainingLayout, type TrainingPlan } from '@shared/compile'
import { sizeOf, type Shape } from '@shared/graph'
import { need, refuse } from '@shared/spec/issue'
import type { BundleContent } from './read'

/**
 * Whether the checkpoints hold what the document's model and optimizer keep, so that resuming and exporting find it.
 * Throws `bundle-checkpoint`, and what is wrong with the document for such data.
 */
export function expectCheckpointsFit({ document, events, checkpoints }: BundleContent): void {
  if (checkpoints.length === 0) return
  const prepared = events.findLast(({ kind }) => kind === 'prepared')
  if (prepared === undefined) return refuse('bundle-json', [], { file: 'events.json', reason: 'it has checkpoints of a run that was never prepared' })
  const facts = factsSchema.parse(prepared.data)
  const plan = need(buildPlan(document, { sample: facts.sampleShape, target: facts.target, feature: facts.feature }))
  const wanted = stateOf(plan)
  for (const { file, saved } of checkpoints) {
    const wrong = wanted.find(({ name, shape }) => saved.views.get(name)?.length !== sizeOf(shape))
    if (wrong !== undefined) refuse('bundle-checkpoint', [], { file, tensor: wrong.name })
  }
}

function stateOf(plan: TrainingPlan): readonly { readonly name: string; readonly shape: Shape }[] {
  const { optimizer, averaging } = plan
  const layout = trainingLayout(plan)
  const weights = layout.weights.map(({ fullName, shape }) => ({ name: fullName, shape }))
  const frozen = new Set(layout.entries.flatMap((entry) => (entry.frozen ? entry.weights.map(({ fullName }) => fullName) : [])))
  const moving = weights.filter(({ name }) => !frozen.has(name))
  const slots = optimizer.rule.slots(optimizer.options).flatMap((slot) => moving.map(({ name, shape }) => ({ name: `${slot.name}/${name}`, shape })))
  const averages = averaging === null ? [] : weights.map(({ name, shape }) => ({ name: `${AVERAGE}${name}`, shape }))
  return [...weights, ...layout.statistics.map(({ fullName, shape }) => ({ name: fullName, shape })), ...slots, ...averages]
}
