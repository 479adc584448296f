import { failure, issue, type Issue, type Result, success } from '@shared/spec/issue'
import type { Choice } from '../choice'
import { decayMode, type DecayMode, withDecay } from './decay'
import { type Dialect, DIALECTS, type DialectRule, type Hyperparameters, type OptimizerDefinition } from './optimizer'

/** An optimizer with nothing left open. */
export interface ResolvedOptimizer {
  readonly definition: OptimizerDefinition
  readonly dialect: Dialect
  /** The dialect's rule, its scalars completed by those of weight decay; update through `applyUpdate`. */
  readonly rule: DialectRule
  /** The dialect's own options, defaults filled in. */
  readonly options: Hyperparameters
  /** Base learning rate, before schedule and warm-up. */
  readonly learningRate: number
  /** λ; 0 is none. */
  readonly weightDecay: number
  readonly decay: DecayMode
}

export const DEFAULT_DIALECT: Dialect = 'keras'

/** The dialect of a document that names none: Keras's, or the first that there is. */
export function defaultDialect({ dialects }: OptimizerDefinition): Dialect {
  return DIALECTS.find((dialect) => dialects[dialect] !== undefined) ?? DEFAULT_DIALECT
}

/**
 * Fills in the dialect's defaults of a document that the schema accepted. Issues (paths below `path`): a dialect that
 * the optimizer does not have, an option that the dialect does not know, options that contradict each other.
 */
export function resolveWith(registry: ReadonlyMap<string, OptimizerDefinition>, document: Choice, path: Issue['path']): Result<ResolvedOptimizer> {
  const definition = registry.get(document.type)
  if (definition === undefined) throw new Error(`optimizer ${document.type} is not registered`)
  // The schema accepted them: only their types are lost in the registry.
  const { dialect = defaultDialect(definition), learningRate, weightDecay } = document as Partial<Pick<ResolvedOptimizer, 'dialect' | 'learningRate' | 'weightDecay'>>
  const rule = definition.dialects[dialect]
  if (rule === undefined) {
    const available = Object.keys(definition.dialects).join(', ')
    return failure(issue('optimizer-dialect-unavailable', [...path, 'dialect'], { type: document.type, dialect, available }))
  }
  const given = ownOptions(document)
  const unknown = Object.keys(given).filter((name) => !(name in rule.defaults))
  if (unknown.length > 0) return failure(...unknown.map((name) => unknownOption(definition, dialect, name, path)))
  const options = { ...rule.defaults, ...given }
  const problem = rule.check?.(options)
  if (problem) return failure(issue(problem.code, [...path, problem.option], { type: document.type, dialect, ...problem.args }))
  const settled = {
    definition,
    dialect,
    rule,
    options,
    learningRate: learningRate ?? rule.learningRate,
    weightDecay: weightDecay ?? rule.weightDecay,
    decay: decayMode(definition, dialect),
  }
  return success({ ...settled, rule: withDecay(settled) })
}

const COMMON = ['type', 'dialect', 'learningRate', 'weightDecay']

/** Options given beside the common ones. */
function ownOptions(document: Choice): Hyperparameters {
  const own = Object.entries(document).filter(([name, value]) => !COMMON.includes(name) && value !== undefined)
  return Object.fromEntries(own) as Hyperparameters
}

function unknownOption(definition: OptimizerDefinition, dialect: Dialect, option: string, path: Issue['path']): Issue {
  const knowing = DIALECTS.filter((each) => option in (definition.dialects[each]?.defaults ?? {}))
  return issue('optimizer-option-not-in-dialect', [...path, option], {
    type: definition.type,
    dialect,
    option,
    dialects: knowing.join(', '),
  })
}
