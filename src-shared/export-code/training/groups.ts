import type { TrainingPlan } from '@shared/compile'

/** How the optimizer treats a weight of the layout. */
export interface WeightTreatment {
  readonly rateFactor: number
  readonly decays: boolean
  readonly frozen: boolean
}

/** By full name of the weight. */
export function treatmentsOf({ layout }: Pick<TrainingPlan, 'layout'>): ReadonlyMap<string, WeightTreatment> {
  return new Map(layout.entries.flatMap(({ weights, rateFactor, decays, frozen }) => weights.map(({ fullName }) => [fullName, { rateFactor, decays, frozen }] as const)))
}

/** Layers that training leaves as they are. */
export function frozenLayers({ layout }: Pick<TrainingPlan, 'layout'>): ReadonlySet<string> {
  const [weights, statistics] = [layout.entries.flatMap((entry) => (entry.frozen ? entry.weights : [])), layout.statistics.filter(({ frozen }) => frozen)]
  return new Set([...weights, ...statistics].map(({ layer }) => layer))
}

/** Id of the layer that the full name of a weight or statistic begins with. */
export function layerOf(fullName: string): string {
  return fullName.slice(0, fullName.lastIndexOf('.'))
}

/** Whether a document's groups ask for more than decay of kernels at one rate. */
export function treatsAlike({ layout, optimizer }: TrainingPlan): boolean {
  return layout.entries.every(({ frozen, rateFactor, decays, weights }) => frozen || (rateFactor === 1 && (optimizer.weightDecay === 0 || weights.every(({ role }) => decays === (role === 'kernel')))))
}
