import { z } from 'zod'
import { fill } from '@shared/locales/fill'
import { formatIssue, type Language } from '@shared/locales/issues'
import { issueSchema } from '@shared/spec/issue'
import { metricTitle } from '@shared/catalog/recorded-metrics'
import { findingText, remedyText, type Finding } from '@shared/catalog/findings'
import type { HistoryApi, RunDetail, RunEvent } from '@main/core/history'
import { readFindings } from '@main/core/findings'
import { factsSchema } from '../collect'
import { lineChart, type Curve } from './chart'
import { html, type Html } from './html'
import { shown } from './numbers'
import { WORDS } from './words'

const reportedFacts = factsSchema.extend({
  rows: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
  parameters: z.number(),
})
/** What the report tells of the run's preparation. */
export type Facts = z.output<typeof reportedFacts>

/** Null for a run that was never prepared. */
export function factsOf(history: HistoryApi, runId: string): Facts | null {
  const parsed = reportedFacts.safeParse(history.readEvents(runId, { kinds: ['prepared'] }).at(-1)?.data)
  return parsed.success ? parsed.data : null
}

const finished = z.object({
  reason: issueSchema.nullable().catch(null),
  restored: z.number().nullable().catch(null),
})

/** Why training ended, and whose weights it left; empty for a run that did not end by itself. */
export function ending(history: HistoryApi, runId: string, language: Language): string {
  const parsed = finished.safeParse(history.readEvents(runId, { kinds: ['finished'] }).at(-1)?.data)
  if (!parsed.success) return ''
  const { reason, restored } = parsed.data
  return [...(reason === null ? [] : [formatIssue(reason, language)]), ...(restored === null ? [] : [fill(WORDS.restored[language], { step: restored })])].join(' ')
}

/** About one point a pixel, with every extreme. */
const POINTS = 1200
const PARTS = ['train', 'epoch', 'val', 'test']

/** One chart for each quantity, its parts together; null where nothing was recorded. */
export function curves(history: HistoryApi, runId: string, language: Language): Html | null {
  const quantities = new Map<string, Curve[]>()
  const keys = history.listSeries(runId)
  const rank = (key: string): number => PARTS.indexOf(key.split('.')[0])
  for (const key of [...keys].sort((a, b) => rank(a) - rank(b))) {
    const part = key.split('.')[0]
    const name = PARTS.includes(part) ? key.slice(part.length + 1) : key
    const { steps, values } = history.readSeries(runId, key, { maxPoints: POINTS })
    if (steps.length > 0) quantities.set(name, [...(quantities.get(name) ?? []), { name: key, steps, values, dashed: part === 'val' || part === 'test', faint: part === 'train' }])
  }
  const words = { step: WORDS.step[language], logarithmic: WORDS.logarithmic[language] }
  const charts = [...quantities].flatMap(([name, parts]) => lineChart(metricTitle(name)[language], parts, words) ?? [])
  return charts.length === 0 ? null : html`<div class="charts">${charts}</div>`
}

/** What diagnostics and curves show to be wrong; null where nothing is. */
export function findings(history: HistoryApi, run: RunDetail, language: Language): Html | null {
  const found = readFindings(history, run)
  if (found.length === 0) return null
  const remedy = (each: Finding['remedies'][number]): Html => html`<br><small>${fill(WORDS.remedy[language], { text: remedyText(each, language) })}</small>`
  return html`<ul>${found.map((each) => html`<li><strong>${each.definition.title[language]}.</strong> ${findingText(each, language)}${each.remedies.map(remedy)}</li>`)}</ul>`
}

const evaluation = z.object({ key: z.string(), matrix: z.object({ rows: z.number(), columns: z.number(), data: z.array(z.number()) }) })

/** Larger ones are no pictures any more. */
const MAX_CLASSES = 60

/** The last matrix of each part; null where there is none. */
export function confusionMatrices(history: HistoryApi, runId: string, facts: Facts | null, language: Language): Html | null {
  const last = new Map<string, { readonly event: RunEvent; readonly matrix: z.output<typeof evaluation>['matrix'] }>()
  for (const event of history.readEvents(runId, { kinds: ['evaluation'], limit: Number.MAX_SAFE_INTEGER })) {
    const parsed = evaluation.safeParse(event.data)
    if (parsed.success && parsed.data.matrix.columns <= MAX_CLASSES) last.set(parsed.data.key, { event, matrix: parsed.data.matrix })
  }
  if (last.size === 0) return null
  const names = facts?.target.kind === 'class' ? facts.target.classNames : []
  const nameOf = (at: number): string => names[at] ?? String(at)
  return html`${[...last].map(([key, { event, matrix }]) => {
    const row = (at: number): readonly number[] => matrix.data.slice(at * matrix.columns, (at + 1) * matrix.columns)
    const heads = Array.from({ length: matrix.columns }, (_, at) => html`<th scope="col">${nameOf(at)}</th>`)
    const rows = Array.from({ length: matrix.rows }, (_, at) => {
      const total = row(at).reduce((sum, each) => sum + each, 0)
      const cells = row(at).map((value) => html`<td style="background: rgb(var(--shade), ${shade(value, total)})">${value}</td>`)
      return html`<tr><th scope="row">${nameOf(at)}</th>${cells}</tr>`
    })
    return html`<div class="matrix"><p>${key}. ${fill(WORDS.confusionHint[language], { step: event.step })}</p><table><thead><tr><th></th>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`
  })}`
}

/** Text stays legible on the darkest. */
function shade(value: number, total: number): string {
  return total === 0 ? '0' : ((0.45 * value) / total).toFixed(3)
}

const rateChange = z.object({ learningRate: z.number() })

/** Pauses and changes of the learning rate; null where there were none. */
export function events(history: HistoryApi, runId: string, language: Language): Html | null {
  const found = history.readEvents(runId, { kinds: ['pause', 'resume', 'hyperparameters'] })
  if (found.length === 0) return null
  const words = (event: RunEvent): string => {
    if (event.kind === 'pause') return WORDS.eventPause[language]
    if (event.kind === 'resume') return WORDS.eventResume[language]
    const change = rateChange.safeParse(event.data)
    return change.success ? fill(WORDS.eventRate[language], { value: shown(change.data.learningRate) }) : event.kind
  }
  return html`<ul>${found.map((event) => html`<li>${fill(WORDS.atStep[language], { step: event.step })}: ${words(event)}</li>`)}</ul>`
}
