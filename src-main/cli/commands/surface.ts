import { resolve } from 'node:path'
import { surfaces } from '@shared/catalog/surfaces'
import { messageOf } from '@shared/lib/message-of'
import { failure, issue, success, type Result } from '@shared/spec'
import { openRace, racerName, raceSvg, showcaseOf, standingOf, type Race } from '@shared/surfaces'
import { collect, newCommand, refuseIssues, wholeNumber, type AnyCommand, type Choose } from '../command'
import { resourcesDirectory, type CliContext } from '../context'
import { readText } from '../document-file'
import { EXIT } from '../exit-codes'
import { showValue } from '../numbers'
import { saveFile } from '../save-file'
import type { Screen } from '../screen'
import { layOutTable } from '../table'
import { COLUMN, TEXT } from '../text'

/** What races on an expression when nobody is named. */
const USUAL = ['sgd', 'momentum', 'rmsprop', 'adam']

interface Options {
  readonly function?: string
  readonly expression?: string
  readonly view?: string
  readonly start?: string
  readonly steps?: number
  readonly optimizer?: readonly string[]
}

export function surfaceCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newCommand('surface', TEXT.commandSurface, context)
    .argument('[race]', screen.say(TEXT.argumentRace))
    .option('--function <name>', screen.say(TEXT.optionFunction, { names: surfaces.map(({ type }) => type).join(', ') }))
    .option('--expression <f>', screen.say(TEXT.optionExpression))
    .option('--view <numbers>', screen.say(TEXT.optionView))
    .option('--start <numbers>', screen.say(TEXT.optionStart))
    .option('--steps <number>', screen.say(TEXT.optionSteps), wholeNumber(context, 1))
    .option('--optimizer <settings>', screen.say(TEXT.optionRacer), collect)
    .option('--out <path>', screen.say(TEXT.optionPicture))
    .option('--force', screen.say(TEXT.optionForce), false)
    .option('--json', screen.say(TEXT.optionJson), false)
    .action((path, { out, force, json, ...options }) => {
      choose(async () => {
        const document = await raceDocument(path, options)
        if (!document.ok) return refuseIssues(context, document.issues, json)
        const race = await openRace(document.value)
        if (!race.ok) return refuseIssues(context, race.issues, json)
        const format = out === undefined ? null : /\.(svg|png)$/i.exec(out)?.[1].toLowerCase()
        if (format === undefined) return refuseIssues(context, [issue('cli-picture-format', [], { path: String(out) })], json)
        for (const { racer } of race.value.entrants) racer.runTo(race.value.steps)
        if (json) screen.printJson({ event: 'race', ...raceJson(race.value) })
        else showRace(screen, race.value)
        if (format === null) return EXIT.done
        const title = `${race.value.landscape.title.en}, ${String(race.value.steps)} updates`
        const content = format === 'svg' ? new TextEncoder().encode(raceSvg(race.value, title)) : await drawPng(race.value, title, context)
        return await saveFile(context, resolve(String(out)), { format, content, force, json })
      })
    })
}

async function drawPng(race: Race, title: string, context: CliContext): Promise<Uint8Array> {
  const { racePng } = await import('../surface-png')
  return await racePng(race, title, resourcesDirectory(context))
}

/** What the file says, with its parts replaced by the options. */
async function raceDocument(path: string | undefined, { function: name, expression, view, start, steps, optimizer }: Options): Promise<Result<Readonly<Record<string, unknown>>>> {
  const written = await readRace(path)
  if (!written.ok) return written
  const document = { ...written.value }
  if (name !== undefined) document.surface = name
  if (expression !== undefined) document.surface = { expression }
  const shown = numbers('view', view, 4)
  if (!shown.ok) return shown
  if (shown.value !== null && typeof document.surface === 'object') document.surface = { ...document.surface, x: shown.value.slice(0, 2), y: shown.value.slice(2) }
  const from = numbers('start', start, 2)
  if (!from.ok) return from
  if (from.value !== null) document.start = from.value
  else if (name !== undefined || expression !== undefined) delete document.start
  if (steps !== undefined) document.steps = steps
  const racers = (optimizer ?? []).map(readRacer)
  for (const racer of racers) if (!racer.ok) return racer
  if (racers.length > 0) document.racers = racers.map((racer) => (racer.ok ? racer.value : null))
  const { surface = surfaces[0].type } = document
  const usual = document.racers === undefined ? (showcaseOf(String(surface)) ?? { racers: USUAL.map((type) => ({ optimizer: type })) }) : {}
  return success({ surface, ...usual, ...document })
}

async function readRace(path: string | undefined): Promise<Result<Readonly<Record<string, unknown>>>> {
  if (path === undefined) return success({})
  const text = await readText(resolve(path))
  if (!text.ok) return text
  try {
    const value: unknown = JSON.parse(text.value)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? success(value as Record<string, unknown>) : failure(issue('document-not-object', []))
  } catch (error) {
    return failure(issue('cli-race-not-json', [], { path, reason: messageOf(error) }))
  }
}

function numbers(option: string, given: string | undefined, count: number): Result<readonly number[] | null> {
  if (given === undefined) return success(null)
  const found = given.split(',').map((part) => (part.trim() === '' ? NaN : Number(part)))
  if (found.length === count && found.every(Number.isFinite)) return success(found)
  return failure(issue('cli-numbers-form', [], { option, count, given }))
}

/** `adam`, or `momentum,dialect=pytorch,learningRate=0.02,schedule=cosine`. */
function readRacer(given: string): Result<unknown> {
  const [type, ...assignments] = given.split(',')
  const options = assignments.map((assignment) => /^(\w+)=(.+)$/.exec(assignment))
  if (!/^\w+$/.test(type) || options.includes(null)) return failure(issue('cli-racer-form', [], { given }))
  // Those that did not match were refused above.
  const { schedule, ...own } = Object.fromEntries(options.map((match) => [match![1], parseValue(match![2])]))
  return success({ optimizer: { type, ...own }, ...(schedule === undefined ? {} : { schedule }) })
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

function raceJson({ landscape, start, steps, entrants }: Race): object {
  const racers = entrants.map((entrant) => {
    const trajectory = entrant.racer.runTo(steps)
    const { definition, dialect, learningRate } = entrant.optimizer
    return { optimizer: definition.type, dialect, learningRate, schedule: entrant.schedule?.type ?? null, end: standingOf(landscape, trajectory, steps), divergedAt: trajectory.divergedAt, x: trajectory.x, y: trajectory.y, value: trajectory.value }
  })
  return { surface: landscape.title.en, start, steps, racers }
}

function showRace(screen: Screen, { landscape, steps, entrants }: Race): void {
  const right = (title: string) => ({ title, align: 'right' }) as const
  const rows = entrants.map((entrant) => {
    const standing = standingOf(landscape, entrant.racer.runTo(steps), steps)
    if (standing === null) return [racerName(entrant), '–', '–', '–', '–', '']
    const { x, y, value, distance, diverged, step } = standing
    return [racerName(entrant), showValue(value), showValue(x), showValue(y), distance === null ? '–' : showValue(distance), diverged ? screen.say(TEXT.diverged, { step: step + 1 }) : '']
  })
  for (const line of layOutTable([{ title: screen.say(COLUMN.optimizer) }, right('f'), right('x'), right('y'), right(screen.say(COLUMN.distance)), { title: '' }], rows)) screen.print(line)
}
