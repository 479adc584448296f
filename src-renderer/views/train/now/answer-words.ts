import type { TargetInfo } from '@shared/catalog/losses'
import type { Answer } from '@shared/protocol/snapshot'
import { formatNumber } from '@renderer/components/numbers'

/** A target or an answer as people read it: the class's name, or the value. */
export function wordOf(target: TargetInfo, value: number): string {
  return target.kind === 'class' ? (target.classNames[value] ?? String(value)) : formatNumber(value)
}

/** Whether a class was told right; values are never right or wrong. */
export function isWrong(target: TargetInfo, answer: Answer, truth: number): boolean {
  return target.kind === 'class' && answer.predicted !== truth
}
