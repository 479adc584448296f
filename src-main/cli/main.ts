import { version } from '../../package.json'
import { runCommandLine } from './command-line'
import { chooseLanguage } from './language'
import { Screen } from './screen'

// A reader that went away (`| head`) ends a run as Ctrl-C does: with a checkpoint. Every later line fails again.
let readerGone = false
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  if (readerGone) return
  readerGone = true
  if (!process.emit('SIGINT')) process.exit(0)
})

const args = process.argv.slice(2)
process.exitCode = await runCommandLine(args, {
  screen: new Screen(chooseLanguage(args, process.env), { output: process.stdout, errors: process.stderr }),
  environment: process.env,
  outDirectory: import.meta.dirname,
  version,
})
