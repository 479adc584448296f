import { shallowRef } from 'vue'
import { formatIssue } from '@shared/locales/issues'
import { MAX_DOCUMENT_CHARACTERS } from '@shared/spec'
import { isObject } from '@renderer/components/form/values'
import { pickFile } from '@renderer/components/pick-file'
import { downloadFile } from '@renderer/components/save-file'
import { translations } from '@renderer/locales'
import { useConnection } from '@renderer/stores/connection'
import type { Json, JsonObject } from '@renderer/stores/edit'
import { useExperiments, type Experiment } from '@renderer/stores/experiments'
import { useFrame } from '@renderer/stores/frame'
import { useSettings } from '@renderer/stores/settings'

const EXTENSION = '.descent.json'
/** A JSON file that has none of these is no experiment, not even one with mistakes. */
const PARTS = ['dataset', 'model', 'training']
/** The last failure in words, shown in the room until it is dismissed. */
const failed = shallowRef('')

/** Experiment documents as files: dialogs of the host in Electron, uploads and downloads in a browser. */
export function useFiles() {
  const connection = useConnection()
  const experiments = useExperiments()
  const frame = useFrame()
  const settings = useSettings()

  /** Opens a document in a tab of its own, in Build; a tab that has the same file open comes to the front. */
  function openText(name: string, text: string, file: string | null): void {
    frame.room = 'build'
    const known = file === null ? undefined : experiments.tabs.find((tab) => tab.file.value === file)
    if (known !== undefined) return experiments.activate(known.id)
    const document = readObject(name, text)
    if (document === null) return
    failed.value = ''
    experiments.open(document, { file, savedText: file === null ? null : JSON.stringify(document, null, 2) })
  }

  function readObject(name: string, text: string): JsonObject | null {
    const refuse = (reason: string): null => {
      failed.value = translations.global.t('build.notADocument', { name, reason })
      return null
    }
    if (text.length > MAX_DOCUMENT_CHARACTERS) return refuse(formatIssue({ code: 'document-too-large', path: [], args: { characters: text.length, limit: MAX_DOCUMENT_CHARACTERS } }, settings.language))
    try {
      const value = JSON.parse(text.replace(/^\uFEFF/, '')) as Json
      return isObject(value) && PARTS.some((part) => part in value) ? value : refuse(formatIssue({ code: 'document-not-object', path: [], args: {} }, settings.language))
    } catch (error) {
      return refuse(error instanceof Error ? error.message : String(error))
    }
  }

  async function open(): Promise<void> {
    if (window.descentHost === undefined) return pickFile('.json,application/json', (file) => void openFile(file))
    const opened = await connection.request('files.open', { kind: 'document' })
    if (opened !== null && opened.text !== null) openText(opened.path, opened.text, opened.path)
  }

  async function openFile(file: File): Promise<void> {
    openText(file.name, file.size > 4 * MAX_DOCUMENT_CHARACTERS ? ' '.repeat(MAX_DOCUMENT_CHARACTERS + 1) : await file.text(), null)
  }

  /** Saves to the experiment's file, or asks for one. In a browser it is downloaded. */
  async function save(experiment: Experiment, elsewhere = false): Promise<void> {
    const content = `${JSON.stringify(experiment.document.value, null, 2)}\n`
    const suggestedName = `${fileName(experiment.name.value)}${EXTENSION}`
    if (window.descentHost === undefined) {
      downloadFile({ name: suggestedName, mediaType: 'application/json', content })
      return experiment.saved(suggestedName)
    }
    const saved = await connection.request('files.save', { path: elsewhere ? null : experiment.file.value, suggestedName, content })
    if (saved !== null) experiment.saved(saved.path)
  }

  async function openExample(name: string): Promise<void> {
    openText(name, await connection.request('examples.read', { name }), null)
  }

  /** An empty canvas on the data set that is open, since that is what a person is at. */
  function create(): void {
    frame.room = 'build'
    const { active } = experiments
    const { dataset = { type: 'digits' }, training } = active?.document.value ?? {}
    experiments.open({
      format: 1,
      name: translations.global.t('build.new'),
      seed: 42,
      dataset,
      model: { nodes: [], edges: [] },
      training: training ?? { loss: 'categoricalCrossentropy', metrics: ['accuracy'], optimizer: { type: 'adam' } },
    })
  }

  return { failed, open, openFile, openText, openExample, save, create }
}

function fileName(name: string): string {
  return name.trim().replace(/[^\p{L}\p{N}._-]+/gu, '-') || 'experiment'
}
