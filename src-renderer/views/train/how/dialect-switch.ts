import { optimizerSchema, resolveOptimizer, translate, type Dialect, type ResolvedOptimizer, type Translation } from '@shared/catalog/optimizers'
import { apart } from '@shared/surfaces'
import type { Json, JsonObject } from '@renderer/stores/edit'
import { changeDialect } from './optimizer-choice'

/** What a change of dialect means: two ways to write the settings in the other one, and how far each parts from before. */
export interface DialectSwitch {
  readonly from: Dialect
  readonly to: Dialect
  readonly translation: Translation
  /** LaTeX of the rule before, and of the rule in the other dialect. */
  readonly formulas: readonly string[]
  /** The options kept as they are; absent where the other dialect does not exist. */
  readonly sameNumbers?: Json
  readonly equivalent?: Json
  /** Shares of the way, as `apart` measures them; null: not comparable. */
  readonly gaps: { readonly same: number | null; readonly equivalent: number | null; readonly dropped: number | null }
}

/** Null where the settings are not valid as they stand: there is nothing to translate then. */
export function switchDialect(choice: JsonObject, to: Dialect): DialectSwitch | null {
  const before = resolved(choice)
  if (before === null) return null
  const translation = translate(before, to)
  const { definition, dialect: from, rule } = before
  const target = definition.dialects[to]
  if (translation.kind === 'absent' || target === undefined) return { from, to, translation, formulas: [rule.formula], gaps: { same: null, equivalent: null, dropped: null } }
  const sameNumbers = changeDialect({ ...choice, type: definition.type }, definition, to)
  const equivalent = tidy(translation.document as JsonObject, { learningRate: target.learningRate, weightDecay: target.weightDecay, ...target.defaults })
  const gap = (other: Json, drop: boolean): number | null => {
    const after = resolved(other)
    return after === null ? null : apart(before, after, { drop })
  }
  return { from, to, translation, formulas: [rule.formula, target.formula], sameNumbers, equivalent, gaps: { same: gap(sameNumbers, false), equivalent: gap(equivalent, false), dropped: gap(equivalent, true) } }
}

function resolved(choice: Json): ResolvedOptimizer | null {
  const parsed = optimizerSchema.safeParse(choice)
  const optimizer = parsed.success ? resolveOptimizer(parsed.data) : null
  return optimizer?.ok ? optimizer.value : null
}

/** Without what is the dialect's default anyway. */
function tidy(document: JsonObject, defaults: JsonObject): Json {
  return Object.fromEntries(Object.entries(document).filter(([name, value]) => defaults[name] !== value))
}
