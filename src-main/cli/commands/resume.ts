import { newRunsCommand, refuseIssues, type AnyCommand, type Choose } from '../command'
import type { CliContext } from '../context'
import { chooseDataDirectory } from '../data-directory'
import { findRun } from '../find-run'
import { followRun } from '../follow-run'
import { openCore } from '../open-core'
import { TEXT } from '../text'

export function resumeCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newRunsCommand('resume', TEXT.commandResume, context)
    .argument('<run>', screen.say(TEXT.argumentRun))
    .option('--json', screen.say(TEXT.optionJson), false)
    .action((name, { dataDir, json }) => {
      choose(async () => {
        const directory = chooseDataDirectory(dataDir, context.environment)
        const core = await openCore(context, directory)
        if (!core.ok) return refuseIssues(context, core.issues, json)
        const found = findRun(core.value.history, name, directory)
        const resumed = found.ok ? core.value.resume(found.value.id) : found
        if (resumed.ok) return await followRun(context, core.value, resumed.value, json)
        await core.value.close()
        return refuseIssues(context, resumed.issues, json)
      })
    })
}
