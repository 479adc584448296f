import type { z } from 'zod'
import type { Aggregate, Run, RunDetail } from '@main/core/history'
import type { MetricSummary, RunView } from '@shared/protocol/views'

type Json = z.core.util.JSONType

interface Parsed {
  readonly text: string
  readonly document: Json
}

/** Rows of the runs table from the history's. Documents never change: each is parsed once. */
export class RunViews {
  readonly #documents = new Map<string, Parsed>()

  viewOf(run: RunDetail): RunView {
    return { ...partOf(run), document: this.#document(run) }
  }

  forget(runId: string): void {
    this.#documents.delete(runId)
  }

  #document({ id, document: text }: RunDetail): Json {
    const known = this.#documents.get(id)
    if (known?.text === text) return known.document
    const document = JSON.parse(text) as Json
    this.#documents.set(id, { text, document })
    return document
  }
}

function partOf(run: Run): Omit<RunView, 'document'> {
  return {
    id: run.id,
    name: run.name,
    status: run.status,
    seed: run.seed,
    documentHash: run.documentHash,
    datasetHash: run.datasetHash,
    device: run.environment.device,
    threads: run.environment.threads,
    createdAt: run.createdAt,
    startedAt: run.startedAt,
    finishedAt: run.finishedAt,
    steps: run.steps,
    epochs: run.epochs,
    samples: run.samples,
    seconds: run.seconds,
    errors: run.errors,
    parent: run.parent,
    note: run.note,
    tags: run.tags,
    group: run.group,
    color: run.color,
    archived: run.archived,
    metrics: Object.fromEntries(Object.entries(run.metrics).map(([key, aggregate]) => [key, summaryOf(aggregate)])),
  }
}

function summaryOf({ count, first, last, lastStep, min, minStep, max, maxStep }: Aggregate): MetricSummary {
  return { count, first, last, lastStep, min, minStep, max, maxStep }
}
