import type { Core } from '@main/core'
import { EXIT } from './exit-codes'

/**
 * One Ctrl-C often arrives twice: from the terminal, and passed on by npm. Signals closer than this count as one.
 */
const ECHO_MILLISECONDS = 500

export interface Interrupts {
  dispose(): void
}

/** Calls `first` on the first interrupt and `second` on the next that is no echo of it. */
export function onInterrupt(first: () => void, second: () => void, now: () => number): Interrupts {
  let firstAt: number | null = null
  const listener = (): void => {
    if (firstAt === null) {
      firstAt = now()
      first()
    } else if (now() - firstAt >= ECHO_MILLISECONDS) {
      second()
    }
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, listener)
  return {
    dispose() {
      for (const signal of signals) process.off(signal, listener)
    },
  }
}

/** Ends the program without asking anybody, with the training processes: they may be what does not answer. */
export function endAtOnce(core: Pick<Core, 'trainingPids'>): never {
  for (const pid of core.trainingPids) process.kill(pid, 'SIGKILL')
  process.exit(EXIT.interrupted)
}
