import { fill } from '@shared/locales/fill'
import type { Language } from '@shared/locales/issues'
import type { RunDetail } from '@main/core/history'
import { html, type Html } from './html'
import { shown } from './numbers'
import { WORDS } from './words'

/** Last, smallest and largest value of every metric; null where nothing was recorded. */
export function results({ metrics }: RunDetail, language: Language): Html | null {
  const entries = Object.entries(metrics).sort(([a], [b]) => (a < b ? -1 : 1))
  if (entries.length === 0) return null
  const at = (step: number): string => fill(WORDS.atStep[language], { step })
  const rows = entries.map(
    ([key, { last, min, minStep, max, maxStep }]) =>
      html`<tr><th scope="row">${key}</th><td>${shown(last)}</td><td title="${at(minStep)}">${shown(min)}</td><td title="${at(maxStep)}">${shown(max)}</td></tr>`,
  )
  const heads = [WORDS.metric, WORDS.last, WORDS.least, WORDS.most].map((word) => html`<th scope="col">${word[language]}</th>`)
  return html`<div class="wide"><table><thead><tr>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`
}
