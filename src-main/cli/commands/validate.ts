import { checkExperiment } from '../check-experiment'
import { collect, newCommand, refuseIssues, type AnyCommand, type Choose } from '../command'
import type { CliContext } from '../context'
import { readDocument } from '../document-file'
import { EXIT } from '../exit-codes'
import { describeMemory } from '../memory-text'
import { issueJson } from '../screen'
import { TEXT } from '../text'

export function validateCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newCommand('validate', TEXT.commandValidate, context)
    .argument('<document>', screen.say(TEXT.argumentDocument))
    .option('--set <path=value>', screen.say(TEXT.optionSet), collect)
    .option('--json', screen.say(TEXT.optionJson), false)
    .action((path, { json, ...edits }) => {
      choose(async () => {
        const document = await readDocument(path, edits)
        const checked = document.ok ? await checkExperiment(context, document.value, path) : document
        if (json) screen.printJson(checked.ok ? { valid: true, issues: [], memory: checked.value.memory } : { valid: false, issues: checked.issues.map((each) => issueJson(each, screen.language)) })
        if (!checked.ok) return refuseIssues(context, checked.issues, false)
        if (!json) {
          screen.print(screen.say(TEXT.valid, { name: path }))
          screen.print(describeMemory(screen, checked.value.memory))
        }
        return EXIT.done
      })
    })
}
