import { resolve } from 'node:path'
import { Option } from '@commander-js/extra-typings'
import type { RunningServer } from '@main/server'
import type { Core } from '@main/core'
import { newRunsCommand, refuseIssues, wholeNumber, type AnyCommand, type Choose } from '../command'
import { resourcesDirectory, type CliContext } from '../context'
import { chooseDataDirectory } from '../data-directory'
import { EXIT, type ExitCode } from '../exit-codes'
import { endAtOnce, onInterrupt } from '../interrupts'
import { closeCore, openCore } from '../open-core'
import { TEXT } from '../text'

/** Runs that train side by side in the window; the threads are divided among them. */
const LANES = 2

export function serveCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newRunsCommand('serve', TEXT.commandServe, context)
    .option('--port <number>', screen.say(TEXT.optionPort), wholeNumber(context, 0, 65_535), 0)
    .option('--no-open', screen.say(TEXT.optionNoOpen))
    // For tests of what survives a dead training process.
    .addOption(new Option('--faults').default(false).hideHelp())
    .action(({ dataDir, port, open, faults }) => {
      choose(async () => {
        const dataDirectory = chooseDataDirectory(dataDir, context.environment)
        const core = await openCore(context, dataDirectory, { lanes: LANES, onFailure: (issues) => screen.reportIssues(issues) })
        if (!core.ok) return refuseIssues(context, core.issues, false)
        let code: ExitCode = EXIT.failed
        try {
          code = await serve(context, { core: core.value, dataDirectory, port, open, faults })
        } finally {
          if (!(await closeCore(context, core.value))) code = EXIT.failed
        }
        return code
      })
    })
}

interface Serving {
  readonly core: Core
  readonly dataDirectory: string
  readonly port: number
  readonly open: boolean
  readonly faults: boolean
}

async function serve(context: CliContext, { core, dataDirectory, port, open, faults }: Serving): Promise<ExitCode> {
  const { screen } = context
  const { HostService, interruptRuns } = await import('@main/service')
  const { startServer } = await import('@main/server')
  const folders = { dataDirectory, resourcesDirectory: resourcesDirectory(context), programDirectory: context.outDirectory }
  const service = await HostService.open({ core, ...folders, version: context.version, desktop: null, faults })
  try {
    const server = await startServer({
      service,
      port,
      rendererDirectory: resolve(context.outDirectory, '../renderer'),
      onError: (subject, error) => screen.remark(`${subject}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    })
    if (!server.ok) return refuseIssues(context, server.issues, false)
    const interrupted = nextInterrupt(context, core)
    screen.print(screen.say(TEXT.serving, { url: server.value.url }))
    screen.remark(screen.say(TEXT.servingHint, { directory: dataDirectory }))
    if (open) await showWindow(context, server.value)
    await interrupted
    screen.remark(screen.say(TEXT.servingEnds))
    await interruptRuns(core)
    await server.value.close()
    return EXIT.interrupted
  } finally {
    await service.close()
  }
}

async function showWindow({ screen, environment }: CliContext, server: RunningServer): Promise<void> {
  const { hasScreen, openBrowser } = await import('@main/server')
  if (!hasScreen(environment, process.platform)) return
  if (!(await openBrowser(server.ticketUrl(), process.platform))) screen.remark(screen.say(TEXT.noBrowser))
}

/** The first interrupt ends the server in order, the second at once. */
async function nextInterrupt({ screen }: CliContext, core: Core): Promise<void> {
  await new Promise<void>((first) => {
    onInterrupt(
      first,
      () => {
        screen.remark(screen.say(TEXT.servingEnds))
        endAtOnce(core)
      },
      () => performance.now(),
    )
  })
}
