import type { Core, CoreEvent } from '@main/core'
import type { CliContext } from './context'
import type { RunDisplay } from './display'
import { EXIT, type ExitCode } from './exit-codes'
import { endAtOnce, onInterrupt } from './interrupts'
import { JsonDisplay } from './json-display'
import { closeCore } from './open-core'
import { TerminalDisplay } from './terminal-display'
import { TEXT } from './text'

/**
 * Shows a run that was just started until it ends, then closes the core. The first interrupt asks the run to write a
 * checkpoint and stop; the second ends the program at once.
 */
export async function followRun(context: CliContext, core: Core, runId: string, json: boolean): Promise<ExitCode> {
  const { screen } = context
  const clock = (): number => performance.now()
  const display: RunDisplay = json ? new JsonDisplay(screen) : new TerminalDisplay(screen, clock)
  const interrupts = onInterrupt(
    () => {
      screen.remark(screen.say(TEXT.stopping))
      core.control(runId, { type: 'stop', as: 'interrupted' })
    },
    () => {
      display.close()
      endAtOnce(core)
    },
    clock,
  )
  let code: ExitCode = EXIT.failed
  try {
    code = await ending(core, runId, display)
  } finally {
    display.close()
    // A run that failed has said so already.
    if (!(await closeCore(context, core, { quiet: code === EXIT.failed }))) code = EXIT.failed
    interrupts.dispose()
  }
  return code
}

function ending(core: Core, runId: string, display: RunDisplay): Promise<ExitCode> {
  let prepared = false
  return new Promise((resolve, reject) => {
    const unsubscribe = core.subscribe((event) => {
      if (event.runId !== runId) return
      try {
        display.show(event)
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)))
      }
      if (event.type === 'prepared') prepared = true
      const code = exitCodeOf(event, prepared)
      if (code === null) return
      unsubscribe()
      resolve(code)
    })
  })
}

/** Null while the run goes on. */
function exitCodeOf(event: CoreEvent, prepared: boolean): ExitCode | null {
  switch (event.type) {
    case 'finished':
      return event.status === 'done' ? EXIT.done : EXIT.interrupted
    case 'failed':
      // Before the first step it is the document or its data that are wrong.
      return prepared ? EXIT.failed : EXIT.invalid
    case 'crashed':
    case 'lost':
      return EXIT.failed
    default:
      return null
  }
}
