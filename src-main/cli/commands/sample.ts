import { TEXT_DEFAULTS, textRequestSchema } from '@shared/data/text'
import { parseBy } from '@shared/spec/zod-issues'
import { anyNumber, newRunsCommand, refuseIssues, type AnyCommand, type Choose } from '../command'
import type { CliContext } from '../context'
import { chooseDataDirectory } from '../data-directory'
import { EXIT } from '../exit-codes'
import { findRun } from '../find-run'
import { openCore } from '../open-core'
import { TEXT } from '../text'

export function sampleCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newRunsCommand('sample', TEXT.commandSample, context)
    .argument('<run>', screen.say(TEXT.argumentRun))
    .option('--prompt <text>', screen.say(TEXT.optionPrompt))
    .option('--length <number>', screen.say(TEXT.optionLength, { length: TEXT_DEFAULTS.length }), anyNumber(context))
    .option('--temperature <number>', screen.say(TEXT.optionWritingTemperature, { temperature: TEXT_DEFAULTS.temperature }), anyNumber(context))
    .option('--seed <number>', screen.say(TEXT.optionWritingSeed, { seed: TEXT_DEFAULTS.seed }), anyNumber(context))
    .option('--json', screen.say(TEXT.optionJson), false)
    .action((name, { dataDir, json, prompt, length, temperature, seed }) => {
      choose(async () => {
        const request = parseBy(textRequestSchema, { prompt, length, temperature, seed })
        if (!request.ok) return refuseIssues(context, request.issues, json)
        const directory = chooseDataDirectory(dataDir, context.environment)
        const core = await openCore(context, directory, { mode: 'read' })
        if (!core.ok) return refuseIssues(context, core.issues, json)
        try {
          const run = findRun(core.value.history, name, directory)
          const written = run.ok ? await core.value.write(run.value.id, request.value) : run
          if (!written.ok) return refuseIssues(context, written.issues, json)
          if (json) screen.printJson({ event: 'written', ...written.value })
          else screen.print(`${written.value.prompt}${written.value.written}`)
          return EXIT.done
        } finally {
          await core.value.close()
        }
      })
    })
}
