import { ROLES, type Role } from '@shared/distillation'
import type { ComparedIds, Core } from '@main/core'
import { BottomBar } from './bottom-bar'
import type { RunDisplay } from './display'
import { JsonDisplay } from './json-display'
import type { Screen } from './screen'
import { TerminalDisplay } from './terminal-display'
import { TEXT } from './text'

/** Shows the runs of a distillation that was just started, each by its role, from when they train until they end. */
export class DistillationDisplay {
  readonly #displays = new Map<string, RunDisplay>()
  readonly #unsubscribe: () => void

  constructor(screen: Screen, core: Core, ids: ComparedIds, json: boolean) {
    const bar = new BottomBar(screen)
    const open = (runId: string): RunDisplay | null => {
      const role = ROLES.find((each) => ids[each].includes(runId))
      if (role === undefined) return null
      const seed = core.history.getRun(runId)?.seed ?? 0
      if (json) return new JsonDisplay(screen, { role, seed, runId })
      return new TerminalDisplay(screen, () => performance.now(), { title: titleOf(screen, role, ids[role].length > 1 ? seed : null), bar })
    }
    this.#unsubscribe = core.subscribe((event) => {
      const display = this.#displays.get(event.runId) ?? (event.type === 'prepared' ? open(event.runId) : null)
      if (display === null) return
      this.#displays.set(event.runId, display)
      display.show(event)
    })
  }

  /** Gives the terminal back; nothing is shown afterwards. */
  close(): void {
    this.#unsubscribe()
    for (const display of this.#displays.values()) display.close()
  }
}

/** With its seed where there are several of the role. */
function titleOf(screen: Screen, role: Role, seed: number | null): string {
  const words = screen.say(TEXT[`role_${role}`])
  return seed === null ? words : screen.say(TEXT.roleOfSeed, { role: words, seed })
}
