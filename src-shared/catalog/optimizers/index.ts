import type { Issue, Result } from '@shared/spec/issue'
import { type Choice, choiceSchema } from '../choice'
import { registry } from '../definition'
import { adadelta } from './adadelta'
import { adagrad } from './adagrad'
import { adam } from './adam'
import { adamax } from './adamax'
import { adamw } from './adamw'
import { lion } from './lion'
import { momentum } from './momentum'
import { nadam } from './nadam'
import { nesterov } from './nesterov'
import type { OptimizerDefinition } from './optimizer'
import { type ResolvedOptimizer, resolveWith } from './resolve'
import { radam } from './radam'
import { rmsprop } from './rmsprop'
import { sgd } from './sgd'

export { applyUpdate } from './decay'
export { DIALECTS } from './optimizer'
export type { Dialect, Hyperparameters, OptimizerDefinition, Slot, StepContext, UpdateInputs, UpdateOutputs } from './optimizer'
export type { ResolvedOptimizer } from './resolve'
export { EXACTNESS, translate } from './translate'
export type { Difference, Translation } from './translate'

/** In the order in which people should meet them. */
export const optimizers: readonly OptimizerDefinition[] = [sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw, adadelta, adamax, nadam, radam, lion]

export const optimizerRegistry = registry(optimizers)

/** `"adam"`, or `{ "type": "adam", "dialect": "pytorch", "learningRate": 0.001, … }`. */
export const optimizerSchema = choiceSchema(optimizers, { nag: 'nesterov' })

/** Fills in the dialect's defaults; see {@link resolveWith} for the issues. */
export function resolveOptimizer(document: Choice, path: Issue['path'] = ['training', 'optimizer']): Result<ResolvedOptimizer> {
  return resolveWith(optimizerRegistry, document, path)
}
