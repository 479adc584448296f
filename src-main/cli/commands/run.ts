import { dirname, resolve } from 'node:path'
import { collect, newRunsCommand, refuseIssues, wholeNumber, type AnyCommand, type Choose } from '../command'
import type { CliContext } from '../context'
import { chooseDataDirectory } from '../data-directory'
import { readDocument } from '../document-file'
import { followRun } from '../follow-run'
import { openCore } from '../open-core'
import { TEXT } from '../text'

export function runCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newRunsCommand('run', TEXT.commandRun, context)
    .argument('<document>', screen.say(TEXT.argumentDocument))
    .option('--set <path=value>', screen.say(TEXT.optionSet), collect)
    .option('--seed <number>', screen.say(TEXT.optionSeed), wholeNumber(context, 0))
    .option('--engine <device>', screen.say(TEXT.optionEngine))
    .option('--json', screen.say(TEXT.optionJson), false)
    .action((path, { dataDir, json, ...edits }) => {
      choose(async () => {
        const document = await readDocument(path, edits)
        if (!document.ok) return refuseIssues(context, document.issues, json)
        const core = await openCore(context, chooseDataDirectory(dataDir, context.environment))
        if (!core.ok) return refuseIssues(context, core.issues, json)
        const runId = core.value.start({ document: document.value, baseDirectory: dirname(resolve(path)) })
        return await followRun(context, core.value, runId, json)
      })
    })
}
