import { version } from '../../package.json'
import { runCommandLine } from './command-line'
import { chooseLanguage } from './language'
import { Screen } from './screen'

/** What a pipe without a reader says (`| head`), and a terminal that was closed. */
const READER_GONE: readonly (string | undefined)[] = ['EPIPE', 'EIO']

// A reader that went away ends a run as Ctrl-C does: with a checkpoint. Every later line fails again.
let readerGone = false
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!READER_GONE.includes(error.code)) throw error
    if (readerGone) return
    readerGone = true
    if (!process.emit('SIGINT')) process.exit(0)
  })
}

const args = process.argv.slice(2)
process.exitCode = await runCommandLine(args, {
  screen: new Screen(chooseLanguage(args, process.env), { output: process.stdout, errors: process.stderr }),
  environment: process.env,
  outDirectory: import.meta.dirname,
  version,
})
