import { Command, CommanderError } from '@commander-js/extra-typings'
import { IssueError } from '@shared/spec'
import { dataCommand } from './commands/data'
import { devicesCommand } from './commands/devices'
import { distillCommand } from './commands/distill'
import { exportCommand } from './commands/export'
import { importCommand } from './commands/import'
import { rangeCommand } from './commands/range'
import { resumeCommand } from './commands/resume'
import { runCommand } from './commands/run'
import { runsCommand } from './commands/runs'
import { sampleCommand } from './commands/sample'
import { schemaCommand } from './commands/schema'
import { serveCommand } from './commands/serve'
import { showCommand } from './commands/show'
import { surfaceCommand } from './commands/surface'
import { translateCommand } from './commands/translate'
import { validateCommand } from './commands/validate'
import { configure, type Action } from './command'
import type { CliContext } from './context'
import { EXIT, type ExitCode } from './exit-codes'
import { TEXT } from './text'

const COMMANDS = [runCommand, validateCommand, rangeCommand, dataCommand, runsCommand, showCommand, resumeCommand, exportCommand, importCommand, devicesCommand, distillCommand, sampleCommand, surfaceCommand, translateCommand, serveCommand, schemaCommand]

/** Runs one command line to its end; resolves to the exit code. */
export async function runCommandLine(args: readonly string[], context: CliContext): Promise<ExitCode> {
  let action: Action | null = null
  const program = configure(new Command('descent'), context, TEXT.program)
    .version(context.version, '--version', context.screen.say(TEXT.versionOption))
    .helpCommand('help [command]', context.screen.say(TEXT.helpCommand))
  for (const make of COMMANDS) program.addCommand(make(context, (chosen) => (action = chosen)))
  try {
    program.parse(args, { from: 'user' })
    // Assigned by the command that was named.
    return await ((action as Action | null)?.() ?? EXIT.done)
  } catch (error) {
    return explain(error, context)
  }
}

function explain(error: unknown, { screen }: CliContext): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.invalid
  if (error instanceof IssueError) {
    screen.reportIssues(error.issues)
    return EXIT.invalid
  }
  screen.remark(`${screen.say(TEXT.bug)}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  return EXIT.failed
}
