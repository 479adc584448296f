import { resolve } from 'node:path'

/** Documents named on a command line, absolute. Chromium's own switches and the program's folder are passed over. */
export function documentsIn(args: readonly string[], workingDirectory: string): readonly string[] {
  return args.filter((arg) => !arg.startsWith('-') && arg.toLowerCase().endsWith('.descent.json')).map((arg) => resolve(workingDirectory, arg))
}
