import { Command, InvalidArgumentError, type CommandUnknownOpts } from '@commander-js/extra-typings'
import type { Text } from '@shared/catalog/definition'
import type { Language } from '@shared/locales/issues'
import type { Issue } from '@shared/spec'
import type { CliContext } from './context'
import { chooseDataDirectory } from './data-directory'
import { EXIT, type ExitCode } from './exit-codes'
import { knownLanguage, LANGUAGES } from './language'
import { errorWords, helpWords } from './parser-words'
import { issueJson } from './screen'
import { TEXT } from './text'

/** What a command does once its arguments are read. */
export type Action = () => Promise<ExitCode>
/** A command hands its action over instead of running it inside the parser. */
export type Choose = (action: Action) => void

/** A subcommand with what all of them share. */
export function newCommand(name: string, description: Text, context: CliContext) {
  return configure(new Command(name), context, description)
}

/** As {@link newCommand}, for those that touch the runs. */
export function newRunsCommand(name: string, description: Text, context: CliContext) {
  const directory = chooseDataDirectory(undefined, context.environment)
  return newCommand(name, description, context).option('--data-dir <folder>', context.screen.say(TEXT.optionDataDirectory, { directory }))
}

/** The program's words in the user's language, and its errors as exceptions. */
export function configure(command: Command, context: CliContext, description: Text) {
  const { screen } = context
  return command
    .description(screen.say(description))
    .helpOption('-h, --help', screen.say(TEXT.helpOption))
    .option('--lang <language>', screen.say(TEXT.optionLanguage), language(context))
    .configureOutput({
      writeOut: (text) => screen.streams.output.write(text),
      writeErr: (text) => screen.streams.errors.write(text),
      outputError: (text, write) => write(errorWords(screen, text)),
    })
    .configureHelp(helpWords(screen))
    .showHelpAfterError(screen.say(TEXT.helpHint, { command: command.name() === 'descent' ? 'descent' : `descent ${command.name()}` }))
    .exitOverride()
}

/** Shows every problem, to people and (with `--json`) to programs. */
export function refuseIssues(context: CliContext, issues: readonly Issue[], json: boolean): ExitCode {
  const { screen } = context
  screen.reportIssues(issues)
  if (json) screen.printJson({ event: 'invalid', issues: issues.map((each) => issueJson(each, screen.language)) })
  else if (issues.length > 1) screen.remark(screen.say(TEXT.problems, { count: issues.length }))
  return EXIT.invalid
}

/** Option value: a language that is known. */
function language({ screen }: CliContext): (text: string) => Language {
  return (text) => {
    const known = knownLanguage(text)
    if (known !== null) return known
    throw new InvalidArgumentError(screen.say(TEXT.notLanguage, { known: LANGUAGES.join(', ') }))
  }
}

/** Option value: a whole number of at least `least`, and at most `most` where that is given. */
export function wholeNumber({ screen }: CliContext, least: number, most: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    throw new InvalidArgumentError(most === Number.MAX_SAFE_INTEGER ? screen.say(TEXT.notWhole, { least }) : screen.say(TEXT.notWithin, { least, most }))
  }
}

/** Option value: any number; a schema says which ones will do. */
export function anyNumber({ screen }: CliContext): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError(screen.say(TEXT.notNumber))
    return value
  }
}

/** Option value given several times. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text]
}

export type AnyCommand = CommandUnknownOpts
