import { Option } from '@commander-js/extra-typings'
import type { HostService } from '@main/service'
import type { RunningServer } from '@main/server'
import type { Core } from '@main/core'
import { newRunsCommand, refuseIssues, wholeNumber, type AnyCommand, type Choose } from '../command'
import { resourcesDirectory, type CliContext } from '../context'
import { chooseDataDirectory } from '../data-directory'
import { EXIT, type ExitCode } from '../exit-codes'
import { onInterrupt } from '../interrupts'
import { openCore } from '../open-core'
import { resolve } from 'node:path'
import { TEXT } from '../text'

/** Runs that train side by side in the window; the threads are divided among them. */
const LANES = 2

export function serveCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newRunsCommand('serve', TEXT.commandServe, context)
    .option('--port <number>', screen.say(TEXT.optionPort), wholeNumber(0), 0)
    .option('--no-open', screen.say(TEXT.optionNoOpen))
    // For tests of what survives a dead training process.
    .addOption(new Option('--faults').default(false).hideHelp())
    .action(({ dataDir, port, open, faults }) => {
      choose(async () => {
        const dataDirectory = chooseDataDirectory(dataDir, context.environment)
        const core = await openCore(context, dataDirectory, { lanes: LANES, onFailure: (issues) => screen.reportIssues(issues) })
        if (!core.ok) return refuseIssues(context, core.issues, false)
        const { HostService } = await import('@main/service')
        const service = await HostService.open({
          core: core.value,
          dataDirectory,
          resourcesDirectory: resourcesDirectory(context),
          programDirectory: context.outDirectory,
          version: context.version,
          desktop: null,
          faults,
        })
        return await serve(context, { core: core.value, service, dataDirectory, port, open })
      })
    })
}

interface Serving {
  readonly core: Core
  readonly service: HostService
  readonly dataDirectory: string
  readonly port: number
  readonly open: boolean
}

async function serve(context: CliContext, { core, service, dataDirectory, port, open }: Serving): Promise<ExitCode> {
  const { screen } = context
  const { startServer } = await import('@main/server')
  const server = await startServer({
    service,
    port,
    rendererDirectory: resolve(context.outDirectory, '../renderer'),
    onError: (subject, error) => screen.remark(`${subject}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
  })
  if (!server.ok) {
    await service.close()
    await core.close()
    return refuseIssues(context, server.issues, false)
  }
  const interrupted = nextInterrupt(context, core)
  screen.print(screen.say(TEXT.serving, { url: server.value.url }))
  screen.remark(screen.say(TEXT.servingHint, { directory: dataDirectory }))
  if (open) await showWindow(context, server.value)
  await interrupted.first
  const { interruptRuns } = await import('@main/service')
  screen.remark(screen.say(TEXT.servingEnds))
  await interruptRuns(core)
  await server.value.close()
  await service.close()
  await core.close()
  interrupted.dispose()
  return EXIT.interrupted
}

async function showWindow({ screen, environment }: CliContext, server: RunningServer): Promise<void> {
  const { hasScreen, openBrowser } = await import('@main/server')
  if (!hasScreen(environment, process.platform)) return
  if (!(await openBrowser(server.ticketUrl(), process.platform))) screen.remark(screen.say(TEXT.noBrowser))
}

/** The first interrupt ends the server in order, the second at once. */
function nextInterrupt({ screen }: CliContext, core: Core): { readonly first: Promise<void>; dispose(): void } {
  let happened: () => void = () => undefined
  const first = new Promise<void>((resolve) => (happened = resolve))
  const interrupts = onInterrupt(
    happened,
    () => {
      screen.remark(screen.say(TEXT.servingEnds))
      // It may be what does not answer.
      for (const pid of core.trainingPids) process.kill(pid, 'SIGKILL')
      process.exit(EXIT.interrupted)
    },
    () => performance.now(),
  )
  return { first, dispose: () => interrupts.dispose() }
}
