import { checkModel, matchableLayers, matchProblem } from '@shared/compile'
import type { Shape } from '@shared/graph'
import type { ExperimentDocument } from '@shared/spec'
import { featureSchema, type FeatureDocument } from '@shared/spec/distillation'
import type { JsonObject } from '@renderer/stores/edit'

/** A layer that can be matched. */
export interface LayerChoice {
  readonly id: string
  readonly type: string
  /** What it gives for a sample. */
  readonly shape: Shape
}

/** The layers of an experiment for such samples; none while its model does not fit. */
export function layerChoices({ model }: Pick<ExperimentDocument, 'model'>, sample: Shape): readonly LayerChoice[] {
  const checked = checkModel(model, sample)
  return checked.ok ? matchableLayers(checked.value).map(({ node, shape }) => ({ id: node.id, type: node.type, shape })) : []
}

/** How a document matches a layer: `hint` unless it says otherwise. */
export function matchingOf(feature: JsonObject): FeatureDocument['matching'] {
  const parsed = featureSchema.shape.matching.safeParse(feature.matching)
  return parsed.success ? parsed.data : 'hint'
}

/** Whether the two can be matched; also where a shape is not known. */
export function fits(student: LayerChoice, teacher: LayerChoice | undefined, matching: FeatureDocument['matching']): boolean {
  return teacher === undefined || matchProblem(matching, student.shape, teacher.shape) === null
}

/**
 * The feature with another layer of the teacher: the student's stays if it fits, else the first that does takes its place.
 * Without one that fits, the first.
 */
export function withTeacherLayer(feature: JsonObject, id: string, teacher: LayerChoice | undefined, students: readonly LayerChoice[]): JsonObject {
  const fitting = students.filter((student) => fits(student, teacher, matchingOf(feature)))
  const chosen = fitting.find((student) => student.id === feature.student) ?? fitting.at(0) ?? students.at(0)
  return { ...feature, teacher: id, ...(chosen === undefined ? {} : { student: chosen.id }) }
}
