import { Distillations, type Core, type TeacherSource } from '@main/core'
import type { RequestParams } from '@shared/protocol/contract'
import { distillationSchema, parseDocument, parseDocumentText, type ExperimentDocument } from '@shared/spec'
import { failure, issue, success, type Result } from '@shared/spec/issue'
import type { DocumentPlaces } from '../document-places'
import type { Handlers } from '../handlers'
import type { RunChangeFeed } from '../topics/runs'

export function distillationRequests(core: Core, places: DocumentPlaces, feed: RunChangeFeed): Handlers<'distillation.start' | 'distillation.compare'> {
  const distillations = new Distillations(core)
  return {
    'distillation.start': async ({ teacher, student, ...settings }) => {
      const learner = parseDocument(student)
      if (!learner.ok) return learner
      const source = await confined(core, places, teacher, learner.value)
      if (!source.ok) return source
      const started = distillations.start({ ...settings, teacher: source.value, student: learner.value, snapshots: true })
      if (!started.ok) return started
      const { teacher: taught, distilled, alone } = started.value
      feed.begun([...taught, ...distilled, ...alone])
      return success({ teacher: [...taught], distilled: [...distilled], alone: [...alone] })
    },
    'distillation.compare': async (ids) => await distillations.compare(ids),
  }
}

/** The teacher, whose data the students learn too: all files lie where windows may reach. */
async function confined(core: Core, places: DocumentPlaces, teacher: RequestParams<'distillation.start'>['teacher'], student: ExperimentDocument): Promise<Result<TeacherSource>> {
  if ('file' in teacher) {
    const baseDirectory = places.baseDirectory(teacher.studentTab, undefined)
    const distillation = distillationSchema.parse({ teacher: { kind: 'onnx', file: teacher.file } })
    const allowed = await places.confine({ ...student, training: { ...student.training, distillation } }, baseDirectory)
    return allowed.ok ? success({ file: teacher.file, baseDirectory }) : allowed
  }
  if ('document' in teacher) {
    const document = parseDocument(teacher.document)
    if (!document.ok) return document
    const baseDirectory = places.baseDirectory(teacher.tab, undefined)
    const allowed = await places.confine(document.value, baseDirectory)
    return allowed.ok ? success({ document: document.value, baseDirectory }) : allowed
  }
  const run = core.history.getRun(teacher.run)
  if (run === null) return failure(issue('run-unknown', [], { run: teacher.run }))
  const document = parseDocumentText(run.document)
  if (!document.ok) return document
  const allowed = await places.confine(document.value, core.baseDirectory(run.id))
  return allowed.ok ? success(teacher) : allowed
}
