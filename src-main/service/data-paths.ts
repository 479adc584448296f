import { realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import type { z } from 'zod'
import { datasets, type DatasetDocument } from '@shared/catalog/datasets'
import { TEACHER_PATH } from '@shared/distillation'
import type { ExperimentDocument } from '@shared/spec'
import { failure, issue, success, type Issue, type Result } from '@shared/spec/issue'

/** A document, or its data set alone. */
export type NamesFiles = Pick<ExperimentDocument, 'dataset'> & Partial<Pick<ExperimentDocument, 'training'>>

/** A document's options that name something on the disk, with where they stand. */
function datasetPaths(document: DatasetDocument): readonly { readonly name: string; readonly field: Issue['path'] }[] {
  const options: Readonly<Record<string, z.ZodType>> = datasets.get(document.type)?.options.shape ?? {}
  const marked = new Set(Object.keys(options).filter((key) => options[key].meta()?.['x-path'] !== undefined))
  return Object.entries(document).flatMap(([key, value]) => (marked.has(key) && typeof value === 'string' ? [{ name: value, field: ['dataset', key] }] : []))
}

/** All files of a document: its data, and a teacher. */
function filePaths({ dataset, training }: NamesFiles): readonly { readonly name: string; readonly field: Issue['path'] }[] {
  const teacher = training?.distillation?.teacher
  const taught = teacher !== undefined && 'file' in teacher ? [{ name: teacher.file, field: [...TEACHER_PATH, 'file'] }] : []
  return [...datasetPaths(dataset), ...taught]
}

/**
 * For windows that may be anyone's: every file of a document lies in one of the folders, links followed. A path that does
 * not exist passes: whoever reads it says so better.
 */
export async function confineFiles(document: NamesFiles, baseDirectory: string, folders: readonly string[]): Promise<Result<null>> {
  const roots = await Promise.all(folders.map(realPath))
  const issues: Issue[] = []
  for (const { name, field } of filePaths(document)) {
    const path = name.includes('\0') ? null : await realPath(resolve(baseDirectory, name))
    if (path === null || !roots.some((root) => root !== null && isInside(path, root))) issues.push(issue('files-outside', field, { file: name, folder: folders[0] }))
  }
  return issues.length === 0 ? success(null) : failure(...issues)
}

/** With links followed as far as the path exists. */
async function realPath(path: string): Promise<string | null> {
  let rest = ''
  for (let at = path; ; ) {
    try {
      return join(await realpath(at), rest)
    } catch {
      const parent = resolve(at, '..')
      if (parent === at) return null
      rest = join(relative(parent, at), rest)
      at = parent
    }
  }
}

export function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}
