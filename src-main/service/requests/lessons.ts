import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lessonSchema, type Lesson } from '@shared/protocol/lessons'
import type { Handlers } from '../handlers'

const SUFFIX = '.descent.json'
/** In this order; others follow by name. */
const ORDER = ['optimizers', 'momentum-dialects', 'initialization', 'vanishing-gradients', 'batch-norm', 'overfitting', 'text', 'distillation']

/** The shipped lessons. Ids come from the folder's listing, so that no other file can be asked for. */
export function lessonRequests(resourcesDirectory: string): Handlers<'lessons.list' | 'lessons.read'> {
  const folder = join(resourcesDirectory, 'lessons')
  const list = async (): Promise<readonly Lesson[]> => {
    const ids = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isDirectory()).map(({ name }) => name)
    const place = (id: string): number => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length)
    const ordered = ids.sort((a, b) => place(a) - place(b) || a.localeCompare(b))
    return await Promise.all(ordered.map(async (id) => ({ id, ...lessonSchema.parse(JSON.parse(await readFile(join(folder, id, 'lesson.json'), 'utf8'))) })))
  }
  return {
    'lessons.list': list,
    'lessons.read': async ({ lesson: wanted }) => {
      const lesson = (await list()).find(({ id }) => id === wanted)
      if (lesson === undefined) throw new Error(`there is no lesson ${wanted}`)
      const file = (name: string): string => (name.startsWith('examples/') ? join(resourcesDirectory, name + SUFFIX) : join(folder, lesson.id, name + SUFFIX))
      return await Promise.all(lesson.documents.map(async (name) => await readFile(file(name), 'utf8')))
    },
  }
}
