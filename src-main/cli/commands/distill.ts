import { existsSync } from 'node:fs'
import { dirname, extname, resolve } from 'node:path'
import type { ComparedRow, PairedGain } from '@shared/distillation'
import { distillationSchema, success, type Result } from '@shared/spec'
import { parseBy } from '@shared/spec/zod-issues'
import { Distillations, type Core, type TeacherSource } from '@main/core'
import { interruptRuns } from '@main/service/run-ending'
import { anyNumber, newRunsCommand, refuseIssues, wholeNumber, type AnyCommand, type Choose } from '../command'
import type { CliContext } from '../context'
import { chooseDataDirectory } from '../data-directory'
import { DistillationDisplay } from '../distillation-display'
import { readDocument } from '../document-file'
import { EXIT } from '../exit-codes'
import { findRun } from '../find-run'
import { endAtOnce, onInterrupt } from '../interrupts'
import { showCount } from '../numbers'
import { openCore } from '../open-core'
import type { Screen } from '../screen'
import { layOutTable } from '../table'
import { COLUMN, TEXT } from '../text'

export function distillCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newRunsCommand('distill', TEXT.commandDistill, context)
    .argument('<teacher>', screen.say(TEXT.argumentTeacher))
    .argument('<student>', screen.say(TEXT.argumentStudent))
    .option('--alpha <number>', screen.say(TEXT.optionAlpha), anyNumber(context))
    .option('--temperature <number>', screen.say(TEXT.optionTemperature), anyNumber(context))
    .option('--teacher-layer <id>', screen.say(TEXT.optionTeacherLayer))
    .option('--student-layer <id>', screen.say(TEXT.optionStudentLayer))
    .option('--matching <how>', screen.say(TEXT.optionMatching))
    .option('--beta <number>', screen.say(TEXT.optionBeta), anyNumber(context))
    .option('--seeds <number>', screen.say(TEXT.optionSeeds), wholeNumber(context, 1), 1)
    .option('--json', screen.say(TEXT.optionJson), false)
    .action((teacher, student, { dataDir, seeds, json, teacherLayer, studentLayer, matching, beta, alpha, temperature }) => {
      choose(async () => {
        const feature = [teacherLayer, studentLayer, matching, beta].every((each) => each === undefined) ? undefined : { teacher: teacherLayer, student: studentLayer, matching, beta }
        const settings = parseBy(distillationSchema.omit({ teacher: true }), { alpha, temperature, feature })
        if (!settings.ok) return refuseIssues(context, settings.issues, json)
        const learner = await readDocument(student, {})
        if (!learner.ok) return refuseIssues(context, learner.issues, json)
        const directory = chooseDataDirectory(dataDir, context.environment)
        const core = await openCore(context, directory)
        if (!core.ok) return refuseIssues(context, core.issues, json)
        try {
          const source = await teacherSource(core.value, { teacher, student }, directory)
          if (!source.ok) return refuseIssues(context, source.issues, json)
          const distillations = new Distillations(core.value)
          const started = distillations.start({ ...settings.value, teacher: source.value, student: learner.value, seeds })
          if (!started.ok) return refuseIssues(context, started.issues, json)
          const display = new DistillationDisplay(screen, core.value, started.value, json)
          const compared = await Promise.race([distillations.compare(started.value), interrupted(context, core.value, display)]).finally(() => display.close())
          if (compared === 'interrupted') return EXIT.interrupted
          if (!compared.ok) return refuseIssues(context, compared.issues, json)
          const { rows, gain } = compared.value
          if (json) screen.printJson({ event: 'distilled', rows, gain })
          else {
            showRows(screen, rows)
            if (gain !== null) screen.print(screen.say(TEXT.distillationGain, { gain: gainText(gain) }))
          }
          return EXIT.done
        } finally {
          await core.value.close()
        }
      })
    })
}

/** Once somebody has asked the program to end, and every run has written its checkpoint. */
async function interrupted({ screen }: CliContext, core: Core, display: DistillationDisplay): Promise<'interrupted'> {
  await new Promise<void>((first) => {
    onInterrupt(
      first,
      () => {
        display.close()
        endAtOnce(core)
      },
      () => performance.now(),
    )
  })
  screen.remark(screen.say(TEXT.stopping))
  await interruptRuns(core)
  return 'interrupted'
}

/** An ONNX file teaches as it is, a document is trained first; anything else names a run. */
async function teacherSource(core: Core, { teacher: name, student }: { readonly teacher: string; readonly student: string }, directory: string): Promise<Result<TeacherSource>> {
  if (extname(name).toLowerCase() === '.onnx') return success({ file: resolve(name), baseDirectory: dirname(resolve(student)) })
  if (existsSync(name)) {
    const document = await readDocument(name, {})
    return document.ok ? success({ document: document.value, baseDirectory: dirname(resolve(name)) }) : document
  }
  const run = findRun(core.history, name, directory)
  return run.ok ? success({ run: run.value.id }) : run
}

function gainText({ mean, deviation, pairs }: PairedGain): string {
  const spread = deviation === null ? '' : ` ± ${(100 * deviation).toFixed(2)} (${String(pairs)})`
  return `${mean < 0 ? '−' : '+'}${(100 * Math.abs(mean)).toFixed(2)}${spread}`
}

function showRows(screen: Screen, rows: readonly ComparedRow[]): void {
  const right = (title: string) => ({ title, align: 'right' }) as const
  const lines = rows.map(({ role, runs, accuracy, deviation, parameters, bytes, speed }) => [
    screen.say(TEXT[`role_${role}`]),
    String(runs),
    accuracy === null ? '–' : `${(100 * accuracy).toFixed(2)}%${deviation === null ? '' : ` ± ${(100 * deviation).toFixed(2)}`}`,
    parameters === null ? '–' : showCount(parameters),
    bytes === null ? '–' : showCount(bytes),
    speed === null ? '–' : showCount(speed),
  ])
  const columns = [{ title: '' }, right(screen.say(COLUMN.runs)), right('val.accuracy'), right(screen.say(COLUMN.parameters)), right(screen.say(COLUMN.bytes)), right(screen.say(TEXT.samplesPerSecond))]
  for (const line of layOutTable(columns, lines)) screen.print(line)
}
