import { sha256 } from '@main/core/artifacts'
import { decodeCheckpoint, type SavedRun } from '@main/worker/checkpoint'
import { parseDocumentText, type ExperimentDocument } from '@shared/spec'
import { need, refuse } from '@shared/spec/issue'
import { expectEvents } from './events'
import {
  ALLOWED_NAME,
  BUNDLE_KIND,
  BUNDLE_VERSION,
  CHECKPOINTS,
  checkpointsSchema,
  DOCUMENT,
  EVENTS,
  eventsSchema,
  headSchema,
  MANIFEST,
  manifestSchema,
  POINTS,
  pointsSchema,
  RUN,
  runSchema,
  type BundledCheckpoint,
  type BundledEvent,
  type BundledRun,
  type Manifest,
  type PointTable,
} from './format'
import { readJson } from './json'
import { decodeTable } from './points'
import { unpack } from './unpack'

/** A bundle whose every part was checked. */
export interface BundleContent {
  readonly manifest: Manifest
  readonly documentText: string
  readonly document: ExperimentDocument
  readonly run: BundledRun
  readonly tables: readonly PointTable[]
  readonly events: readonly BundledEvent[]
  readonly checkpoints: readonly (BundledCheckpoint & { readonly content: Uint8Array; readonly saved: SavedRun })[]
}

type Files = ReadonlyMap<string, Uint8Array>

/** Reads a bundle of unknown origin. Throws an `IssueError`; see {@link importBundle} for the codes. */
export function readBundle(archive: Uint8Array): BundleContent {
  const files = unpack(archive, ALLOWED_NAME)
  const manifest = readManifest(files)
  expectWhole(files, manifest)
  const documentText = decodeText(fileOf(files, DOCUMENT))
  const document = need(parseDocumentText(documentText))
  const events = readJson(fileOf(files, EVENTS), EVENTS, eventsSchema)
  expectEvents(events)
  const content = { manifest, documentText, document, run: readJson(fileOf(files, RUN), RUN, runSchema), tables: readTables(files), events, checkpoints: readCheckpoints(files) }
  expectUsed(files)
  return content
}

/** Tables and checkpoints that nothing speaks of have no business here. */
function expectUsed(files: Files): void {
  const named = [...readJson(fileOf(files, POINTS), POINTS, pointsSchema), ...readJson(fileOf(files, CHECKPOINTS), CHECKPOINTS, checkpointsSchema)].map(({ file }) => file)
  const known = new Set([MANIFEST, DOCUMENT, RUN, POINTS, EVENTS, CHECKPOINTS, ...named])
  if (new Set(named).size !== named.length) refuse('bundle-broken', [], { reason: 'a file stands for two things' })
  for (const name of files.keys()) if (!known.has(name)) refuse('bundle-broken', [], { reason: `nothing speaks of ${name}` })
}

/** Another version may mean something else by the same names: nothing more of it is read. */
function readManifest(files: Files): Manifest {
  const bytes = files.get(MANIFEST) ?? refuse('bundle-broken', [], { reason: `it has no ${MANIFEST}` })
  const head = readJson(bytes, MANIFEST, headSchema)
  if (head.kind !== BUNDLE_KIND || head.version !== BUNDLE_VERSION) refuse('bundle-version', [], { kind: head.kind.slice(0, 40), version: head.version, known: BUNDLE_VERSION })
  return readJson(bytes, MANIFEST, manifestSchema)
}

/** Every file as the manifest says, none missing, none more. */
function expectWhole(files: Files, manifest: Manifest): void {
  const listed = new Set(manifest.files.map(({ name }) => name))
  if (listed.size !== manifest.files.length || listed.has(MANIFEST)) refuse('bundle-broken', [], { reason: 'its manifest names a file twice' })
  for (const name of files.keys()) if (name !== MANIFEST && !listed.has(name)) refuse('bundle-broken', [], { reason: `${name} is not in its manifest` })
  for (const { name, bytes, sha256: hash } of manifest.files) {
    const content = fileOf(files, name)
    if (content.length !== bytes || sha256(content) !== hash) refuse('bundle-damaged', [], { file: name })
  }
}

function readTables(files: Files): PointTable[] {
  const seen = new Set<string>()
  return readJson(fileOf(files, POINTS), POINTS, pointsSchema).map(({ file, points, metrics }) => {
    for (const key of metrics) {
      if (seen.has(key)) refuse('bundle-json', [], { file: POINTS, reason: `${key} stands there twice` })
      seen.add(key)
    }
    return decodeTable(fileOf(files, file), file, metrics, points)
  })
}

function readCheckpoints(files: Files): BundleContent['checkpoints'] {
  return readJson(fileOf(files, CHECKPOINTS), CHECKPOINTS, checkpointsSchema).map((entry) => {
    const content = fileOf(files, entry.file)
    const saved = decodeCheckpoint(content, entry.file)
    if (saved.step !== entry.step) refuse('bundle-json', [], { file: CHECKPOINTS, reason: `${entry.file} is of step ${String(saved.step)}, not ${String(entry.step)}` })
    return { ...entry, content, saved }
  })
}

function fileOf(files: Files, name: string): Uint8Array {
  return files.get(name) ?? refuse('bundle-broken', [], { reason: `${name.slice(0, 200)} is missing` })
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return refuse('bundle-json', [], { file: DOCUMENT, reason: 'it is not UTF-8' })
  }
}
