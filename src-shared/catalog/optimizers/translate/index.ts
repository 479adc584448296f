import { decayMode } from '../decay'
import type { Dialect, DialectRule, Hyperparameters } from '../optimizer'
import type { ResolvedOptimizer } from '../resolve'
import { adadeltaCounterpart, adagradCounterpart, adamaxCounterpart, adamCounterpart, nadamCounterpart, radamCounterpart, rmspropCounterpart } from './adaptive'
import { decayCounterpart } from './decay'
import { DIFFERENCES, type DifferenceCode } from './differences'
import { momentumCounterpart } from './momentum'
import type { Counterpart, Translation } from './translation'

export { EXACTNESS } from './differences'
export type { Difference, Translation } from './translation'

const FAMILIES: ReadonlyMap<string, (optimizer: ResolvedOptimizer, to: Dialect) => Counterpart> = new Map(
  Object.entries({
    sgd: momentumCounterpart,
    momentum: momentumCounterpart,
    nesterov: momentumCounterpart,
    adagrad: adagradCounterpart,
    rmsprop: rmspropCounterpart,
    adam: adamCounterpart,
    adamw: adamCounterpart,
    adadelta: adadeltaCounterpart,
    adamax: adamaxCounterpart,
    nadam: nadamCounterpart,
    radam: radamCounterpart,
  }),
)

/** The settings of dialect `to` that move the weights as `optimizer` does, or come closest, and how the rest shows. */
export function translate(optimizer: ResolvedOptimizer, to: Dialect): Translation {
  const { definition, dialect } = optimizer
  const rule = definition.dialects[to]
  if (rule === undefined) return absent(definition.type, to)
  const counterpart = dialect === to ? { options: optimizer.options, differences: [] } : counterpartOf(optimizer, to)
  const { rateFactor = 1 } = counterpart
  const learningRate = tidy(optimizer.learningRate * rateFactor)
  const decay = decayCounterpart(optimizer, { mode: decayMode(definition, to), learningRate, rateFactor })
  const differences: readonly DifferenceCode[] = decay.equal ? counterpart.differences : [...counterpart.differences, 'weightDecay']
  return {
    kind: 'settings',
    document: { type: definition.type, dialect: to, learningRate, weightDecay: tidy(decay.weightDecay), ...knownTo(rule, counterpart.options) },
    exact: exactness(differences),
    rateFactor,
    differences: differences.map((code) => ({ code, text: DIFFERENCES[code] })),
  }
}

function counterpartOf(optimizer: ResolvedOptimizer, to: Dialect): Counterpart {
  const family = FAMILIES.get(optimizer.definition.type)
  return family?.(optimizer, to) ?? { options: optimizer.options, differences: ['unknown'] }
}

function knownTo(rule: DialectRule, options: Hyperparameters): Hyperparameters {
  return Object.fromEntries(Object.entries(options).filter(([name]) => name in rule.defaults))
}

function exactness(differences: readonly DifferenceCode[]): 'always' | 'constantRate' | 'never' {
  if (differences.length === 0) return 'always'
  return differences.every((code) => code === 'rateInBuffer') ? 'constantRate' : 'never'
}

/** 0.1·(1 − 0.9) as people write it: 0.01. */
function tidy(value: number): number {
  return Number(value.toPrecision(15))
}

function absent(type: string, dialect: Dialect): Translation {
  return {
    kind: 'absent',
    text: {
      en: `${type} has no ${dialect} dialect: nobody defines it there, so there are no settings to compare.`,
      'zh-CN': `${type} 没有 ${dialect} 方言：该处没有这一优化器的定义，因此没有可比较的设置。`,
    },
  }
}
