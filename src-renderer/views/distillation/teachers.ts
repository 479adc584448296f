import type { DataShape } from '@shared/compile'
import { TEACHER_PATH, teacherIssue } from '@shared/distillation'
import type { DatasetPreview } from '@shared/protocol/contract'
import type { RunView } from '@shared/protocol/views'
import { parseDocument, type ExperimentDocument } from '@shared/spec'
import { issue, type Issue } from '@shared/spec/issue'

/** A run that may teach, with what speaks for it and what against. */
export interface Candidate {
  readonly run: RunView
  /** On its own unseen rows. */
  readonly accuracy: number | null
  /** Why it cannot teach; null where it can. */
  readonly issue: Issue | null
}

/** The run that the experiment's document names; null where none teaches. */
export function taughtBy({ training }: ExperimentDocument): string | null {
  const teacher = training.distillation?.teacher
  return teacher !== undefined && 'run' in teacher ? teacher.run : null
}

export function accuracyOf({ metrics }: RunView): number | null {
  return metrics['val.accuracy']?.last ?? null
}

/** Whether it has learned to tell classes apart; documents of runs are normalized. */
export function isTrainedClassifier({ steps, document }: RunView): boolean {
  const training = asObject(asObject(document).training)
  return steps > 0 && asObject(training.loss).type === 'categoricalCrossentropy'
}

function asObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

/** Tells which runs can teach an experiment. Runs with the same document and seed are looked at once. */
export class TeacherCheck {
  readonly #known = new Map<string, Issue | null>()

  constructor(
    private readonly student: ExperimentDocument,
    private readonly summary: DatasetPreview['summary'],
  ) {}

  candidate(run: RunView): Candidate {
    return { run, accuracy: accuracyOf(run), issue: this.#issue(run) }
  }

  /** Those that can teach come first, the best of them on top. */
  candidates(runs: readonly RunView[]): readonly Candidate[] {
    const rank = ({ issue: problem, accuracy }: Candidate): number => (problem === null ? 2 : 0) + (accuracy ?? -1)
    return runs.map((run) => this.candidate(run)).sort((a, b) => rank(b) - rank(a))
  }

  #issue(run: RunView): Issue | null {
    const args = { run: run.id }
    if (run.steps === 0) return issue('training-teacher-untrained', TEACHER_PATH, args)
    if (run.datasetHash !== this.summary.contentHash) return issue('training-teacher-data', TEACHER_PATH, args)
    const key = `${run.documentHash} ${String(run.seed)}`
    const known = this.#known.get(key)
    const found = known === undefined ? this.#look(run) : known
    this.#known.set(key, found)
    return found === null ? null : { ...found, args }
  }

  #look(run: RunView): Issue | null {
    const document = parseDocument(run.document)
    if (!document.ok) return document.issues[0]
    const data: DataShape = { sample: this.summary.sampleShape, target: this.summary.target }
    return teacherIssue(run.id, document.value, this.student, data)
  }
}
