import type { DeviceChoice } from '@shared/protocol/devices'
import { showCount } from './numbers'
import type { Screen } from './screen'
import { TEXT } from './text'

const HOW = { only: TEXT.choiceOnly, measured: TEXT.choiceMeasured, remembered: TEXT.choiceRemembered, fallback: TEXT.choiceFallback } as const

/** Why a run trains where it does, in one line. */
export function describeChoice(screen: Screen, { device, how, speeds, leftOut }: DeviceChoice): string {
  const rates = Object.entries(speeds).map(([id, speed]) => `${id} ${showCount(speed)} ${screen.say(TEXT.samplesPerSecond)}`)
  const missing = Object.entries(leftOut).map(([id, reason]) => `${id}: ${reason}`)
  return [screen.say(HOW[how], { device }), ...rates, ...missing].join(' · ')
}
