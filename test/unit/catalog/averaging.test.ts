import { expect, test } from 'vitest'
import { averagingRegistry, averagingSchema } from '@shared/catalog/averaging'
import { averagingCases } from './averaging.cases'

test.each(averagingCases)('$document', ({ document, keeps }) => {
  const options = averagingSchema.parse(document)
  const definition = averagingRegistry.get(options.type)
  const found = keeps.map((_, step) => definition?.keep(step, { base: 0.1, totalSteps: 12, stepsPerEpoch: 3 }, options) ?? Number.NaN)
  for (const [step, expected] of keeps.entries()) expect(found[step]).toBeCloseTo(expected, 15)
})
