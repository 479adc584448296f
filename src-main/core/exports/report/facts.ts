import type { Text } from '@shared/catalog/definition'
import type { Choice } from '@shared/catalog/choice'
import { augmentationRegistry } from '@shared/catalog/augmentations'
import { averagingRegistry } from '@shared/catalog/averaging'
import { clippingRegistry } from '@shared/catalog/clipping'
import { datasets } from '@shared/catalog/datasets'
import { layerRegistry } from '@shared/catalog/layers'
import { lossRegistry } from '@shared/catalog/losses'
import { resolveOptimizer } from '@shared/catalog/optimizers'
import { regularizerRegistry } from '@shared/catalog/regularizers'
import { scheduleRegistry } from '@shared/catalog/schedules'
import { stoppingRegistry } from '@shared/catalog/stopping'
import { fill } from '@shared/locales/fill'
import type { Language } from '@shared/locales/issues'
import { RUN_STATUS_WORDS } from '@shared/locales/run-status'
import { parseDocumentText, type ExperimentDocument } from '@shared/spec'
import type { RunDetail } from '@main/core/history'
import { html, type Html } from './html'
import { count, duration, shown } from './numbers'
import type { Facts } from './recorded'
import { WORDS } from './words'

type Fact = readonly [name: Text, value: string]

function table(facts: readonly Fact[], language: Language): Html {
  const rows = facts.filter(([, value]) => value !== '').map(([name, value]) => html`<tr><th scope="row">${name[language]}</th><td>${value}</td></tr>`)
  return html`<table class="facts"><tbody>${rows}</tbody></table>`
}

/** `ended`: why, where that is known. */
export function overview(run: RunDetail, facts: Facts | null, ended: string, language: Language): Html {
  const progress = fill(WORDS.progressText[language], { epochs: shown(run.epochs), steps: count(run.steps), samples: count(run.samples) })
  return table(
    [
      [WORDS.status, RUN_STATUS_WORDS[run.status][language]],
      [WORDS.ended, ended],
      [WORDS.created, `${new Date(run.createdAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`],
      [WORDS.time, duration(run.seconds)],
      [WORDS.progress, progress],
      [WORDS.data, facts === null ? '' : fill(WORDS.rows[language], { train: count(facts.rows.train), validation: count(facts.rows.validation), test: count(facts.rows.test) })],
      [WORDS.tags, run.tags.join(', ')],
      [WORDS.group, run.group ?? ''],
    ],
    language,
  )
}

/** The document in the catalog's words; null where it cannot be read any more. */
export function configuration(run: RunDetail, facts: Facts | null, language: Language): Html | null {
  const document = parseDocumentText(run.document)
  if (!document.ok) return null
  const { dataset, training, seed } = document.value
  const none = WORDS.none[language]
  return html`${table(
    [
      [WORDS.data, named(datasets.get(dataset.type)?.title, dataset.type, language)],
      [WORDS.model, facts === null ? '' : fill(WORDS.parameters[language], { count: count(facts.parameters) })],
      [WORDS.loss, chosen(training.loss, lossRegistry.get(training.loss.type)?.title, language)],
      [WORDS.optimizer, optimizerText(document.value, language)],
      [WORDS.schedule, training.schedule === undefined ? none : chosen(training.schedule, scheduleRegistry.get(training.schedule.type)?.title, language)],
      [WORDS.regularization, training.regularization === null ? none : chosen(training.regularization, regularizerRegistry.get(training.regularization.type)?.title, language)],
      [WORDS.batchSize, String(training.batchSize)],
      [WORDS.epochs, String(training.epochs)],
      [WORDS.augmentation, listed(training.augmentation, augmentationRegistry, language)],
      [WORDS.stopping, listed(training.stopping ?? [], stoppingRegistry, language)],
      [WORDS.averaging, listed(training.averaging === undefined ? [] : [training.averaging], averagingRegistry, language)],
      [WORDS.gradientClip, listed(training.gradientClip === undefined ? [] : [training.gradientClip], clippingRegistry, language)],
      [WORDS.gradientNoise, optionTexts(training.gradientNoise ?? {})],
      [WORDS.parameterGroups, (training.parameterGroups ?? []).map(({ layers: ids, ...options }) => `${ids.join(', ')}: ${optionTexts(options)}`).join('; ')],
      [WORDS.accumulation, training.accumulation === undefined ? '' : String(training.accumulation)],
      [WORDS.distillation, optionTexts(training.distillation ?? {})],
      [WORDS.seed, String(seed)],
    ],
    language,
  )}${layers(document.value, language)}`
}

function layers({ model }: ExperimentDocument, language: Language): Html {
  const before = (id: string): string => model.edges.filter(([, to]) => to === id).map(([from]) => from).join(', ')
  const rows = model.nodes.map((node) => {
    const { id, type, ...options } = node
    return html`<tr><th scope="row">${id}</th><td class="name">${named(layerRegistry.get(type)?.title, type, language)}</td><td>${optionTexts(options)}</td><td class="soft">${before(id) === '' ? '' : `← ${before(id)}`}</td></tr>`
  })
  return html`<div class="wide"><table class="facts"><tbody>${rows}</tbody></table></div>`
}

function optimizerText({ training }: ExperimentDocument, language: Language): string {
  const resolved = resolveOptimizer(training.optimizer)
  if (!resolved.ok) return training.optimizer.type
  const { definition, dialect, options, learningRate, weightDecay } = resolved.value
  return `${definition.title[language]} (${dialect}): ${optionTexts({ learningRate, weightDecay, ...options })}`
}

function chosen(choice: Choice, title: Text | undefined, language: Language): string {
  const { type, ...options } = choice
  const texts = optionTexts(options)
  return `${named(title, type, language)}${texts === '' ? '' : `: ${texts}`}`
}

/** Choices of a list in the catalog's words. */
function listed(choices: readonly Choice[], registry: ReadonlyMap<string, { readonly title: Text }>, language: Language): string {
  return choices.map((choice) => chosen(choice, registry.get(choice.type)?.title, language)).join('; ')
}

function named(title: Text | undefined, type: string, language: Language): string {
  return title?.[language] ?? type
}

/** `units 64, activation relu`: what is not off or left out. */
function optionTexts(options: Readonly<Record<string, unknown>>): string {
  return Object.entries(options)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(', ')
}

function valueText(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'type' in value && Object.keys(value).length === 1) return String(value.type)
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

export function environment(run: RunDetail, facts: Facts | null, language: Language): Html {
  const { environment: found } = run
  return table(
    [
      [WORDS.device, found.device],
      [WORDS.threads, String(found.threads)],
      [WORDS.versions, Object.entries(found.versions).map(([name, version]) => `${name} ${version}`).join(', ')],
      [WORDS.dataHash, facts === null ? '' : run.datasetHash],
      [WORDS.documentHash, run.documentHash],
    ],
    language,
  )
}

export function documentText(run: RunDetail, language: Language): Html {
  return html`<details><summary>${WORDS.document[language]}</summary><pre>${pretty(run.document)}</pre></details>`
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
