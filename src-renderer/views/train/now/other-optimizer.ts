import type { Json, JsonObject } from '@renderer/stores/edit'
import { withValue } from '@renderer/stores/edit'
import { asChoice } from '../choice'

/** The experiment to compare with: plain SGD against anything else, Adam against SGD. */
export function withOtherOptimizer(document: JsonObject): { readonly document: JsonObject; readonly optimizer: 'sgd' | 'adam' } {
  const optimizer = asChoice(asChoice(document.training).optimizer).type === 'sgd' ? 'adam' : 'sgd'
  // Classes without momentum want a larger rate than the framework's default to get anywhere in the same epochs.
  const choice: Json = optimizer === 'sgd' ? { type: 'sgd', learningRate: 0.1 } : 'adam'
  const name = typeof document.name === 'string' && document.name !== '' ? document.name : 'experiment'
  const changed = withValue(withValue(document, ['training', 'optimizer'], choice), ['name'], `${name.slice(0, 190)}-${optimizer}`)
  return { document: asChoice(changed), optimizer }
}
