import { failure, issue, IssueError, success, type Result } from '@shared/spec/issue'
import type { HistoryApi } from '@main/core/history'
import { collectModel } from './collect'
import type { Exporter } from './exporter'
import { onnxExporter } from './onnx'
import { safetensorsExporter } from './safetensors'

export type { Exporter, NamedState, TrainedModel } from './exporter'

/** In the order of the catalog's definitions. */
export const EXPORTERS: readonly Exporter[] = [onnxExporter, safetensorsExporter]

export interface ExportedFile {
  /** Safe on every file system: `digits-mlp-20261122-0631-abc4.onnx`. */
  readonly name: string
  readonly mediaType: string
  readonly content: Uint8Array
}

/**
 * The run's model at its latest checkpoint (or the newest not after `step`) in a format of the catalog. Issues:
 * `run-unknown`, `export-format-unknown`, `export-no-checkpoint`, `export-checkpoint-mismatch`, `export-too-large`,
 * `artifact-…`, and the document's own.
 */
export async function exportRun(history: HistoryApi, runId: string, format: string, step?: number): Promise<Result<ExportedFile>> {
  const exporter = EXPORTERS.find(({ definition }) => definition.type === format)
  if (exporter === undefined) {
    return failure(issue('export-format-unknown', [], { format, known: EXPORTERS.map(({ definition }) => definition.type).join(', ') }))
  }
  try {
    const model = await collectModel(history, runId, step)
    if (!model.ok) return model
    const { extension, mediaType } = exporter.definition
    return success({ name: `${fileName(model.value.name)}-${runId}${extension}`, mediaType, content: exporter.write(model.value) })
  } catch (error) {
    if (error instanceof IssueError) return { ok: false, issues: error.issues }
    throw error
  }
}

function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 60) || 'model'
}
