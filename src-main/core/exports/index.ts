import { failure, issue, IssueError, success, type Result } from '@shared/spec/issue'
import type { Language } from '@shared/locales/issues'
import type { HistoryApi } from '@main/core/history'
import { collectModel } from './collect'
import type { Exporter } from './exporter'
import { bundleExporter } from './bundle'
import { kerasExporter } from './keras'
import { onnxExporter } from './onnx'
import { pytorchExporter } from './pytorch'
import { reportExporter } from './report'
import { safetensorsExporter } from './safetensors'
import { tfjsExporter } from './tfjs'

export type { Exporter, ModelExporter, NamedState, RunExporter, TrainedModel } from './exporter'

/** In the order of the catalog's definitions. */
export const EXPORTERS: readonly Exporter[] = [onnxExporter, kerasExporter, pytorchExporter, tfjsExporter, safetensorsExporter, reportExporter, bundleExporter]

export interface ExportedFile {
  /** Safe on every file system: `digits-mlp-20261122-0631-abc4.onnx`. */
  readonly name: string
  readonly mediaType: string
  readonly content: Uint8Array
}

export interface ExportOptions {
  /** Models: the newest checkpoint that is not after this step. Default: the latest. */
  readonly step?: number
  /** Of what people read: reports. English unless given. */
  readonly language?: Language
}

/**
 * The run, or its model, in a format of the catalog. Issues: `run-unknown`, `export-format-unknown`,
 * `export-no-checkpoint`, `export-checkpoint-mismatch`, `export-too-large`, what the format cannot hold
 * (`export-layer-unsupported`, `export-activation-unsupported`, …), `artifact-…`, and the document's own.
 */
export async function exportRun(history: HistoryApi, runId: string, format: string, options: ExportOptions = {}): Promise<Result<ExportedFile>> {
  const exporter = EXPORTERS.find(({ definition }) => definition.type === format)
  if (exporter === undefined) {
    return failure(issue('export-format-unknown', [], { format, known: EXPORTERS.map(({ definition }) => definition.type).join(', ') }))
  }
  try {
    const made = 'write' in exporter ? await modelContent(exporter, history, runId, options) : await runContent(exporter, history, runId, options)
    if (!made.ok) return made
    const { extension, mediaType } = exporter.definition
    return success({ name: `${fileName(made.value.name)}-${runId}${extension}`, mediaType, content: made.value.content })
  } catch (error) {
    if (error instanceof IssueError) return { ok: false, issues: error.issues }
    throw error
  }
}

interface Content {
  readonly name: string
  readonly content: Uint8Array
}

async function modelContent(exporter: Extract<Exporter, { write: unknown }>, history: HistoryApi, runId: string, { step }: ExportOptions): Promise<Result<Content>> {
  const model = await collectModel(history, runId, step)
  return model.ok ? success({ name: model.value.name, content: exporter.write(model.value) }) : model
}

async function runContent(exporter: Extract<Exporter, { writeRun: unknown }>, history: HistoryApi, runId: string, { language = 'en' }: ExportOptions): Promise<Result<Content>> {
  const run = history.getRun(runId)
  if (run === null) return failure(issue('run-unknown', [], { run: runId }))
  return success({ name: run.name, content: await exporter.writeRun(history, run, language) })
}

function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'model'
}
