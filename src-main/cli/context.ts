import { join, resolve } from 'node:path'
import type { Screen } from './screen'

/** What the command line was started with; every command gets it. */
export interface CliContext {
  readonly screen: Screen
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Folder of the built entries, `out/main`. */
  readonly outDirectory: string
  readonly version: string
}

/** Data sets and examples that Descent brings. */
export function resourcesDirectory(context: CliContext): string {
  return resolve(context.outDirectory, '../../resources')
}

/** Entry of the process in which training runs. */
export function trainingEntry(context: CliContext): string {
  return join(context.outDirectory, 'training.js')
}
