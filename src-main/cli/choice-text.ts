import type { DeviceChoice } from '@shared/protocol/devices'
import { formatIssues, type Language } from '@shared/locales/issues'
import { showCount } from './numbers'
import { issueJson, type Screen } from './screen'
import { TEXT } from './text'

const HOW = { only: TEXT.choiceOnly, measured: TEXT.choiceMeasured, remembered: TEXT.choiceRemembered, fallback: TEXT.choiceFallback } as const

/** Why a run trains where it does, in one line. */
export function describeChoice(screen: Screen, { device, how, speeds, leftOut }: DeviceChoice): string {
  const rates = Object.entries(speeds).map(([id, speed]) => `${id} ${showCount(speed)} ${screen.say(TEXT.samplesPerSecond)}`)
  const missing = Object.entries(leftOut).map(([id, reasons]) => `${id}: ${formatIssues(reasons, screen.language)}`)
  return [screen.say(HOW[how], { device }), ...rates, ...missing].join(' · ')
}

/** The choice for programs: the reasons with their words. */
export function choiceJson(choice: DeviceChoice, language: Language): object {
  const leftOut = Object.entries(choice.leftOut).map(([id, reasons]) => [id, reasons.map((each) => issueJson(each, language))] as const)
  return { ...choice, leftOut: Object.fromEntries(leftOut) }
}
