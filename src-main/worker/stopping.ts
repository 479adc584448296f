import type { StopRule } from '@shared/compile'
import { issue, type Issue } from '@shared/spec/issue'
import type { Memory } from '@shared/catalog/stopping'

/** What an evaluation means for the rules that end training. */
export interface Judgement {
  /** Why training ends, or null. */
  readonly reason: Issue | null
  /** Whether the weights are to be kept as the best so far. */
  readonly keep: boolean
}

/** The document's stopping rules at work. What they remember is numbers, so that checkpoints can hold it. */
export class Stopping {
  readonly #rules: readonly StopRule[]
  #memories: readonly Memory[]

  constructor(rules: readonly StopRule[]) {
    this.#rules = rules
    this.#memories = rules.map(() => [])
  }

  /** Metrics as they were just recorded; rules whose metric is not among them wait. */
  evaluated(metrics: Readonly<Record<string, number>>): Judgement {
    let reason: Issue | null = null
    let keep = false
    this.#memories = this.#rules.map(({ definition, options, monitor }, index) => {
      const memory = this.#memories[index]
      if (monitor === null || definition.judge === undefined || !Object.hasOwn(metrics, monitor.key)) return memory
      const value = metrics[monitor.key]
      const verdict = definition.judge(value, memory, monitor.sign, options)
      if (verdict.stop) reason ??= issue(definition.reason, [], { metric: monitor.key, value: shortened(value), ...written(options) })
      if (verdict.improved && definition.restoresBest?.(options) === true) keep = true
      return verdict.memory
    })
    return { reason, keep }
  }

  /** Why training ends after so many seconds, or null. */
  timed(seconds: number): Issue | null {
    const rule = this.#rules.find(({ definition, options }) => seconds >= (definition.seconds?.(options) ?? Infinity))
    return rule === undefined ? null : issue(rule.definition.reason, [], written(rule.options))
  }

  save(): readonly Memory[] {
    return this.#memories
  }

  /** Takes up what {@link save} gave; rules that it says nothing of start anew. */
  restore(memories: readonly Memory[]): void {
    this.#memories = this.#rules.map((_, index) => memories.at(index) ?? [])
  }
}

/** Options as arguments of a message. */
function written(options: Readonly<Record<string, unknown>>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(options).flatMap(([name, value]) => (name !== 'type' && name !== 'value' && (typeof value === 'number' || typeof value === 'string') ? [[name, value] as const] : [])))
}

/** Four digits are enough for people; the record has them all. */
function shortened(value: number): number {
  return Number(value.toPrecision(4))
}
