import { report } from '@shared/catalog/exporters'
import type { Language } from '@shared/locales/issues'
import { formatIssue } from '@shared/locales/issues'
import type { HistoryApi, RunDetail } from '@main/core/history'
import type { RunExporter } from '../exporter'
import { confusionMatrices, curves, ending, events, factsOf, findings } from './recorded'
import { configuration, documentText, environment, overview } from './facts'
import { html, Html } from './html'
import { results } from './results'
import { STYLE } from './style'
import { WORDS } from './words'

/** A page that stands alone: no scripts, nothing from elsewhere, whatever the names and notes in it say. */
export const reportExporter: RunExporter = {
  definition: report,
  writeRun: (history, run, language) => Promise.resolve(new TextEncoder().encode(page(history, run, language).text)),
}

function page(history: HistoryApi, run: RunDetail, language: Language): Html {
  const say = (word: keyof typeof WORDS): string => WORDS[word][language]
  const facts = factsOf(history, run.id)
  const section = (title: keyof typeof WORDS, content: Html | null): Html => (content === null ? html`` : html`<section><h2>${say(title)}</h2>${content}</section>`)
  const problems = run.errors.length === 0 ? null : html`${run.errors.map((issue) => html`<p class="problem">${formatIssue(issue, language)}</p>`)}`
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${run.name} – ${say('title')}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header><h1>${run.name}</h1><p class="soft">${say('title')} · ${run.id}</p></header>
${overview(run, facts, ending(history, run.id, language), language)}
${section('problems', problems)}
${section('note', run.note === '' ? null : html`<p style="white-space: pre-wrap">${run.note}</p>`)}
${section('results', results(run, language))}
${section('findings', findings(history, run, language))}
${section('curves', curves(history, run.id, language))}
${section('confusion', confusionMatrices(history, run.id, facts, language))}
${section('events', events(history, run.id, language))}
${section('configuration', configuration(run, facts, language))}
${section('environment', environment(run, facts, language))}
${documentText(run, language)}
</body>
</html>
`
}
