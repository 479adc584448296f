import { sameData, TEACHER_PATH } from '@shared/distillation'
import { parseDocumentText, type ExperimentDocument } from '@shared/spec'
import type { RunFacts, TeacherJob } from '@shared/protocol/training'
import { failure, issue, success, type Result } from '@shared/spec/issue'
import type { HistoryApi } from '@main/core/history'

/** Event that keeps who taught a run, so that it can go on when the teacher's own run is gone. */
const EVENT = 'teacher'

/** Who teaches the run of this document; null where nobody does. The run keeps the teacher's weights from now on. */
export function teacherOf(history: HistoryApi, runId: string, document: ExperimentDocument): Result<TeacherJob | null> {
  const { distillation } = document.training
  if (distillation === undefined) return success(null)
  const kept = keptTeacher(history, runId)
  if (kept !== null) return isThere(history, kept) ? success(kept) : failure(issue('training-teacher-absent', TEACHER_PATH, { teacher: kept.kind === 'run' ? kept.run : kept.file }))
  if ('kind' in distillation.teacher) return success({ kind: 'onnx', file: distillation.teacher.file, hash: distillation.teacher.hash ?? null, kept: false })
  const { run: id, checkpoint: wanted } = distillation.teacher
  const run = history.getRun(id)
  if (run === null) return failure(issue('training-teacher-unknown', TEACHER_PATH, { run: id }))
  const checkpoints = history.listArtifacts(id, 'checkpoint')
  const checkpoint = wanted === undefined ? history.latestCheckpoint(id) : (checkpoints.find(({ hash }) => hash === wanted) ?? null)
  if (checkpoint === null || checkpoint.step === 0) return failure(issue(wanted === undefined ? 'training-teacher-untrained' : 'training-teacher-other', TEACHER_PATH, { run: id, checkpoint: wanted ?? '' }))
  const taught = parseDocumentText(run.document)
  if (!taught.ok) return taught
  if (!sameData(taught.value, document)) return failure(issue('training-teacher-data', TEACHER_PATH, { run: id }))
  const { hash, bytes, step, epoch } = checkpoint
  history.addArtifact(runId, { kind: 'export', step: 0, epoch: 0, hash, bytes, label: EVENT })
  history.appendEvents(runId, [{ kind: EVENT, step: 0, time: 0, data: { run: id, checkpoint: hash, step, epoch, dataHash: run.datasetHash, document: run.document } }])
  return success({ kind: 'run', run: id, checkpoint: hash, dataHash: run.datasetHash, document: taught.value })
}

/** Bundles leave teachers behind. */
function isThere(history: HistoryApi, teacher: TeacherJob): boolean {
  const hash = teacher.kind === 'run' ? teacher.checkpoint : teacher.hash
  return hash !== null && history.artifacts.has(hash)
}

/** Keeps the content of the ONNX file that has taught from the beginning. */
export function keepTeacherFile(history: HistoryApi, runId: string, file: string, { hash, bytes }: NonNullable<RunFacts['teacher']>): void {
  if (keptTeacher(history, runId) !== null) return
  history.addArtifact(runId, { kind: 'export', step: 0, epoch: 0, hash, bytes, label: EVENT })
  history.appendEvents(runId, [{ kind: EVENT, step: 0, time: 0, data: { file, hash } }])
}

/** Who has taught the run since it began; null before that, and where nobody does. */
export function keptTeacher(history: HistoryApi, runId: string): TeacherJob | null {
  const [event] = history.readEvents(runId, { kinds: [EVENT], limit: 1 })
  const data = event?.data
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null
  if (typeof data.file === 'string') return { kind: 'onnx', file: data.file, hash: String(data.hash), kept: true }
  const document = parseDocumentText(String(data.document))
  return document.ok ? { kind: 'run', run: String(data.run), checkpoint: String(data.checkpoint), dataHash: String(data.dataHash), document: document.value } : null
}
