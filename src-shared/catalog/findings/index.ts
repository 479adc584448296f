import { batchNoise } from './batch-noise'
import { deadRelu } from './dead-relu'
import { diverging } from './diverging'
import { explodingGradients } from './exploding-gradients'
import type { Evidence, Finding, FindingDefinition } from './finding'
import { notFinite } from './not-finite'
import { overfitting } from './overfitting'
import { plateau } from './plateau'
import { rateAboveSharpness } from './rate-above-sharpness'
import { saturated } from './saturation'
import { updateTooLarge } from './update-too-large'
import { updateTooSmall } from './update-too-small'
import { vanishingGradients } from './vanishing-gradients'

export type { Curve, Detected, Edit, Evidence, Finding, FindingDefinition, Remedy } from './finding'

export { stabilityLimit } from './parts/stability'
export { editOption, findingText, remedyText } from './words'

/** In the order in which they are told: what spoils a run first. */
export const findings: readonly FindingDefinition[] = [notFinite, diverging, explodingGradients, deadRelu, vanishingGradients, saturated, overfitting, updateTooLarge, rateAboveSharpness, updateTooSmall, batchNoise, plateau]

/** Everything that the evidence shows, but for what follows from something else that it shows. */
export function findingsOf(evidence: Evidence): readonly Finding[] {
  const found = findings.flatMap((definition) => definition.detect(evidence).map((detected) => ({ ...detected, definition })))
  const present = new Set(found.flatMap(({ definition }) => [definition.type, definition.severity]))
  return found.filter(({ definition }) => definition.effectOf?.some((cause) => present.has(cause)) !== true)
}
