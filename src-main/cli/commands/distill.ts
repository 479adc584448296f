import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { compareRoles, studentDocuments, type ComparedRow, type ComparedRun } from '@shared/distillation'
import { distillationSchema, failure, parseDocumentText, success, type DistillationDocument, type ExperimentDocument, type Result } from '@shared/spec'
import { zodIssues } from '@shared/spec/zod-issues'
import type { Core, CoreEvent } from '@main/core'
import { newRunsCommand, refuseIssues, wholeNumber, type AnyCommand, type Choose } from '../command'
import type { CliContext } from '../context'
import { chooseDataDirectory } from '../data-directory'
import { readDocument } from '../document-file'
import { EXIT } from '../exit-codes'
import { findRun } from '../find-run'
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
    .option('--alpha <number>', screen.say(TEXT.optionAlpha), Number)
    .option('--temperature <number>', screen.say(TEXT.optionTemperature), Number)
    .option('--seeds <number>', screen.say(TEXT.optionSeeds), wholeNumber(1), 1)
    .option('--json', screen.say(TEXT.optionJson), false)
    .action((teacher, student, { dataDir, seeds, json, alpha, temperature }) => {
      choose(async () => {
        const settings = distillationSchema.safeParse({ teacher: { run: 'teacher' }, alpha, temperature })
        if (!settings.success) return refuseIssues(context, zodIssues(settings.error, { alpha, temperature }), json)
        const learner = await readDocument(student, {})
        if (!learner.ok) return refuseIssues(context, learner.issues, json)
        const directory = chooseDataDirectory(dataDir, context.environment)
        const core = await openCore(context, directory)
        if (!core.ok) return refuseIssues(context, core.issues, json)
        try {
          const taught = await startTeacher(core.value, teacher, directory)
          if (!taught.ok) return refuseIssues(context, taught.issues, json)
          const rows = await trainAll(core.value, taught.value, learner.value, { ...settings.data, seeds, folder: dirname(resolve(student)) })
          if (!rows.ok) return refuseIssues(context, rows.issues, json)
          if (json) screen.printJson({ event: 'distilled', rows: rows.value })
          else showRows(screen, rows.value)
          return EXIT.done
        } finally {
          await core.value.close()
        }
      })
    })
}

interface Teacher {
  readonly runId: string
  readonly document: ExperimentDocument
  /** Started just now. */
  readonly ended: Promise<Result<null>>
}

/** A file is trained first; anything else names a run. */
async function startTeacher(core: Core, name: string, directory: string): Promise<Result<Teacher>> {
  if (existsSync(name)) {
    const document = await readDocument(name, {})
    if (!document.ok) return document
    const runId = core.start({ document: document.value, baseDirectory: dirname(resolve(name)), tags: ['teacher'] })
    return success({ runId, document: document.value, ended: end(core, runId) })
  }
  const run = findRun(core.history, name, directory)
  if (!run.ok) return run
  const document = parseDocumentText(run.value.document)
  return document.ok ? success({ runId: run.value.id, document: document.value, ended: Promise.resolve(success(null)) }) : document
}

interface Plan extends Pick<DistillationDocument, 'alpha' | 'temperature'> {
  readonly seeds: number
  readonly folder: string
}

async function trainAll(core: Core, teacher: Teacher, student: ExperimentDocument, { alpha, temperature, seeds, folder }: Plan): Promise<Result<readonly ComparedRow[]>> {
  const started = { distilled: [] as string[], alone: [] as string[] }
  const ends = [teacher.ended]
  for (let offset = 0; offset < seeds; offset++) {
    const documents = studentDocuments(teacher.document, student, { teacherRun: teacher.runId, seed: student.seed + offset, alpha, temperature })
    for (const role of ['distilled', 'alone'] as const) {
      const runId = core.start({ document: documents[role], baseDirectory: folder, tags: [role] })
      started[role].push(runId)
      ends.push(end(core, runId))
    }
  }
  for (const result of await Promise.all(ends)) if (!result.ok) return result
  const compared = (runIds: readonly string[]): readonly ComparedRun[] => runIds.map((runId) => comparedRun(core, runId))
  return success(compareRoles({ teacher: compared([teacher.runId]), distilled: compared(started.distilled), alone: compared(started.alone) }))
}

/** Resolves when the run has ended; to its issues where it failed. */
async function end(core: Core, runId: string): Promise<Result<null>> {
  return await new Promise((resolve, reject) => {
    const stop = core.subscribe((event: CoreEvent) => {
      if (event.runId !== runId || !['finished', 'failed', 'crashed', 'lost'].includes(event.type)) return
      stop()
      if (event.type === 'failed') resolve(failure(...event.issues))
      else if (event.type === 'finished') resolve(success(null))
      else reject(new Error(event.type === 'crashed' ? event.message : 'the training process ended'))
    })
  })
}

function comparedRun({ history }: Core, runId: string): ComparedRun {
  const run = history.getRun(runId)
  const [prepared] = history.readEvents(runId, { kinds: ['prepared'], limit: 1 })
  const facts = prepared?.data as { readonly parameters?: number } | null | undefined
  return {
    accuracy: run?.metrics['val.accuracy']?.last ?? null,
    parameters: facts?.parameters ?? null,
    samples: run?.samples ?? 0,
    seconds: run?.seconds ?? 0,
  }
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
