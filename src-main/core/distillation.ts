import { compareRoles, pairedGain, ROLES, studentDocuments, type StudentSettings, type ComparedRow, type ComparedRun, type PairedGain, type Role } from '@shared/distillation'
import { parseDocumentText, type DistillationDocument, type ExperimentDocument } from '@shared/spec'
import { failure, issue, success, type Result } from '@shared/spec/issue'
import type { Core, CoreEvent } from './core'

/** A run that was trained before, an experiment that is trained first, or an ONNX file, whose path starts where the student's do. */
export type TeacherSource = { readonly run: string } | { readonly document: ExperimentDocument; readonly baseDirectory: string } | { readonly file: string; readonly baseDirectory: string }

export interface DistillationRequest extends Omit<DistillationDocument, 'teacher'> {
  readonly teacher: TeacherSource
  readonly student: ExperimentDocument
  /** Students from so many seeds, the document's own first. */
  readonly seeds: number
  /** Whether the students' answers are reported for windows. */
  readonly snapshots?: boolean
}

/** Ids of the runs that are compared; a file that teaches has none. */
export type ComparedIds = Readonly<Record<Role, readonly string[]>>

export interface Comparison {
  readonly rows: readonly ComparedRow[]
  readonly gain: PairedGain | null
}

/** Who teaches, as the student's document names it, and whose data the students learn. */
interface FoundTeacher {
  readonly runs: readonly string[]
  readonly named: StudentSettings['teacher']
  readonly document: ExperimentDocument
  readonly baseDirectory: string
}

/**
 * Trains a student with a teacher and the same student alone, and compares them. Runs are tagged with their role, and
 * those that were started together are one group.
 */
export class Distillations {
  /** Runs that were started here, until they end. */
  readonly #ends = new Map<string, Promise<Result<null>>>()
  /** Samples a second by run and device. */
  readonly #speeds = new Map<string, number | null>()

  /** Files that taught, by the run that they taught. */
  readonly #files = new Map<string, ComparedRun>()

  constructor(private readonly core: Core) {}

  start({ teacher, student, seeds, snapshots, ...how }: DistillationRequest): Result<ComparedIds> {
    const found = this.#teacher(teacher, student, snapshots)
    if (!found.ok) return found
    const { runs, named, document, baseDirectory } = found.value
    const started = { distilled: [] as string[], alone: [] as string[] }
    const group = `${student.name} · ${'run' in named ? named.run : named.file}`.slice(0, 200)
    for (let offset = 0; offset < seeds; offset++) {
      const documents = studentDocuments(document, student, { ...how, teacher: named, seed: student.seed + offset })
      for (const role of ['distilled', 'alone'] as const) started[role].push(this.#start({ document: documents[role], baseDirectory, tags: [role], group, snapshots }))
    }
    return success({ teacher: runs, ...started })
  }

  /** Waits until all have ended. Issues: of runs that failed, and `run-unknown`. */
  async compare(ids: ComparedIds): Promise<Result<Comparison>> {
    const all = ROLES.flatMap((role) => ids[role])
    for (const ended of await Promise.all(all.map(async (runId) => await this.#ends.get(runId)))) if (ended?.ok === false) return ended
    const missing = all.filter((runId) => this.core.history.getRun(runId) === null)
    if (missing.length > 0) return failure(...missing.map((run) => issue('run-unknown', [], { run })))
    const device = this.core.history.getRun(all[all.length - 1])?.environment.device
    const compared = async (role: Role): Promise<readonly ComparedRun[]> => {
      const [first] = ids[role]
      const speed = first === undefined ? null : await this.#speed(first, device)
      return ids[role].map((runId) => this.#compared(runId, speed))
    }
    // One after another on the same device, so that nothing else differs.
    const file = ids.teacher.length > 0 ? success<readonly ComparedRun[]>([]) : await this.#file(ids.distilled[0])
    if (!file.ok) return file
    const runs = { teacher: [...file.value, ...(await compared('teacher'))], distilled: await compared('distilled'), alone: await compared('alone') }
    return success({ rows: compareRoles(runs), gain: pairedGain(runs.distilled, runs.alone) })
  }

  #teacher(source: TeacherSource, student: ExperimentDocument, snapshots: boolean | undefined): Result<FoundTeacher> {
    if ('file' in source) return success({ runs: [], named: { kind: 'onnx', file: source.file }, document: student, baseDirectory: source.baseDirectory })
    if ('document' in source) {
      const runId = this.#start({ ...source, tags: ['teacher'], snapshots })
      return success({ runs: [runId], named: { run: runId }, ...source })
    }
    const run = this.core.history.getRun(source.run)
    if (run === null) return failure(issue('run-unknown', [], { run: source.run }))
    const document = parseDocumentText(run.document)
    return document.ok ? success({ runs: [run.id], named: { run: run.id }, document: document.value, baseDirectory: this.core.baseDirectory(run.id) }) : document
  }

  /** The file that taught a run; nothing while the run has not been prepared. */
  async #file(runId: string): Promise<Result<readonly ComparedRun[]>> {
    const known = this.#files.get(runId)
    if (known !== undefined) return success([known])
    const found = await this.core.taughtBy(runId)
    if (found?.ok !== true) return found ?? success([])
    const judged = { seed: 0, ...found.value }
    this.#files.set(runId, judged)
    return success([judged])
  }

  #start(request: Parameters<Core['start']>[0]): string {
    const runId = this.core.start(request)
    this.#ends.set(runId, endOf(this.core, runId))
    return runId
  }

  async #speed(runId: string, device: string | undefined): Promise<number | null> {
    const key = `${runId} ${device ?? ''}`
    const known = this.#speeds.get(key)
    if (known !== undefined) return known
    const measured = await this.core.answeringSpeed(runId, device)
    const speed = measured.ok ? measured.value.samplesPerSecond : null
    this.#speeds.set(key, speed)
    return speed
  }

  #compared(runId: string, speed: number | null): ComparedRun {
    const { history } = this.core
    const run = history.getRun(runId)
    const [prepared] = history.readEvents(runId, { kinds: ['prepared'], limit: 1 })
    const facts = prepared?.data as { readonly parameters?: number } | null | undefined
    return { seed: run?.seed ?? 0, accuracy: run?.metrics['val.accuracy']?.last ?? null, parameters: facts?.parameters ?? null, speed }
  }
}

/** Resolves when the run has ended; to issues where it failed. */
async function endOf(core: Core, runId: string): Promise<Result<null>> {
  return await new Promise((resolve) => {
    const stop = core.subscribe((event: CoreEvent) => {
      if (event.runId !== runId || !['finished', 'failed', 'crashed', 'lost'].includes(event.type)) return
      stop()
      if (event.type === 'failed') resolve(failure(...event.issues))
      else if (event.type === 'crashed') resolve(failure(issue('run-crashed', [], { reason: event.message })))
      else if (event.type === 'lost') resolve(failure(...(event.issues.length > 0 ? event.issues : [issue('run-crashed', [], { reason: event.end.signal ?? String(event.end.code) })])))
      else resolve(success(null))
    })
  })
}
