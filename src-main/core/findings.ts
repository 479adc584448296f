import { z } from 'zod'
import { findingsOf, type Curve, type Evidence, type Finding } from '@shared/catalog/findings'
import { layerHistories, measuredOf } from '@shared/diagnostics/measured'
import { parseDocumentText } from '@shared/spec'
import type { HistoryApi, RunDetail } from './history'

/** Findings look at means of stretches: all points, up to what a long run has. */
const POINTS = 200_000

const prepared = z.object({ stepsPerEpoch: z.number(), batchSize: z.number(), rows: z.object({ train: z.number() }) })

/** What a run's record shows to be wrong with it. */
export function readFindings(history: HistoryApi, run: RunDetail): readonly Finding[] {
  const document = parseDocumentText(run.document)
  if (!document.ok) return []
  const facts = prepared.safeParse(history.readEvents(run.id, { kinds: ['prepared'] }).at(-1)?.data)
  const measured = measuredOf(history.readEvents(run.id, { kinds: ['diagnostics'], limit: Number.MAX_SAFE_INTEGER }))
  const evidence: Evidence = {
    document: document.value,
    facts: facts.success ? { stepsPerEpoch: facts.data.stepsPerEpoch, batchSize: facts.data.batchSize, trainingRows: facts.data.rows.train } : null,
    errors: run.errors,
    measured,
    layers: layerHistories(measured),
    curve: (key): Curve | null => {
      const { steps, values } = history.readSeries(run.id, key, { maxPoints: POINTS })
      return steps.length === 0 ? null : { steps, values }
    },
  }
  return findingsOf(evidence)
}
