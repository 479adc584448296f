import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { describeEnd, type Core } from '@main/core'
import { interruptRuns } from '@main/service/run-ending'
import { parseRangeTest, RANGE_TEST, rangeTestDocument, readRangeTest } from '@shared/range-test'
import { failure, success, type Issue, type Result } from '@shared/spec'
import { anyNumber, collect, newCommand, refuseIssues, type AnyCommand, type Choose } from '../command'
import type { CliContext } from '../context'
import { readDocument } from '../document-file'
import { EXIT } from '../exit-codes'
import { endAtOnce, onInterrupt } from '../interrupts'
import { showValue } from '../numbers'
import { openCore } from '../open-core'
import { layOutTable } from '../table'
import { TEXT } from '../text'

/** Lines of the curve that are printed for people. */
const SHOWN = 15

interface Curve {
  readonly rates: readonly number[]
  readonly losses: readonly number[]
}

export function rangeCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newCommand('range', TEXT.commandRange, context)
    .argument('<document>', screen.say(TEXT.argumentDocument))
    .option('--from <rate>', screen.say(TEXT.optionRangeFrom), anyNumber(context), RANGE_TEST.from)
    .option('--to <rate>', screen.say(TEXT.optionRangeTo), anyNumber(context), RANGE_TEST.to)
    .option('--steps <number>', screen.say(TEXT.optionRangeSteps), anyNumber(context), RANGE_TEST.steps)
    .option('--set <path=value>', screen.say(TEXT.optionSet), collect)
    .option('--json', screen.say(TEXT.optionJson), false)
    .action((path, { json, from, to, steps, ...edits }) => {
      choose(async () => {
        const test = parseRangeTest({ from, to, steps })
        if (!test.ok) return refuseIssues(context, test.issues, json)
        const document = await readDocument(path, edits)
        if (!document.ok) return refuseIssues(context, document.issues, json)
        // Its run is of no use afterwards: it does not go among the others.
        const directory = await mkdtemp(join(tmpdir(), 'descent-range-'))
        try {
          const core = await openCore(context, directory)
          if (!core.ok) return refuseIssues(context, core.issues, json)
          const interrupts = onInterrupt(
            () => void interruptRuns(core.value),
            () => endAtOnce(core.value),
            () => performance.now(),
          )
          const curve = await curveOf(core.value, () => core.value.start({ document: rangeTestDocument(document.value, test.value), baseDirectory: dirname(resolve(path)) }))
          await core.value.close()
          interrupts.dispose()
          if (curve === 'interrupted') return EXIT.interrupted
          if (!curve.ok) return refuseIssues(context, curve.issues, json)
          show(context, path, curve.value, json)
          return EXIT.done
        } finally {
          await rm(directory, { recursive: true, force: true })
        }
      })
    })
}

/** Rate and loss of every update; a run that numbers end has told enough, one that somebody ends has not. */
async function curveOf(core: Core, start: () => string): Promise<Result<Curve> | 'interrupted'> {
  return await new Promise((settle) => {
    const [rates, losses]: [number[], number[]] = [[], []]
    const end = (issues: readonly Issue[]): void => settle(losses.length === 0 ? failure(...issues) : success({ rates, losses }))
    core.subscribe((event) => {
      if (event.type === 'points') {
        rates.push(...event.batch.columns.learningRate)
        losses.push(...event.batch.columns['train.loss'])
      }
      if (event.type === 'finished' && event.status !== 'done') settle('interrupted')
      if (event.type === 'finished') end([])
      if (event.type === 'failed') end(event.issues)
      if (event.type === 'crashed' || event.type === 'lost') end([{ code: 'run-crashed', path: [], args: { reason: event.type === 'crashed' ? event.message : describeEnd(event.end) } }])
    })
    start()
  })
}

function show({ screen }: CliContext, path: string, { rates, losses }: Curve, json: boolean): void {
  const found = readRangeTest(rates, losses)
  if (json) return screen.printJson({ event: 'range', ...found, losses })
  const every = Math.max(1, Math.ceil(found.rates.length / SHOWN))
  const rows = found.rates.flatMap((rate, step) => (step % every === 0 ? [[showValue(rate), showValue(found.smoothed[step])]] : []))
  for (const line of layOutTable([{ title: screen.say(TEXT.rangeRate), align: 'right' }, { title: screen.say(TEXT.rangeLoss), align: 'right' }], rows)) screen.print(line)
  if (found.diverged !== null) screen.print(screen.say(TEXT.rangeDiverged, { rate: showValue(found.diverged) }))
  if (found.suggested === null) return screen.print(screen.say(TEXT.rangeNothing))
  screen.print(screen.say(TEXT.rangeSuggested, { rate: String(found.suggested), highest: showValue(found.highest ?? found.suggested) }))
  screen.print(`descent run ${path} --set training.optimizer.learningRate=${String(found.suggested)}`)
}
