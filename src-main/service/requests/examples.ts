import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Handlers } from '../handlers'

const SUFFIX = '.descent.json'
const headSchema = z.object({ name: z.string(), note: z.string().default('') })

/** The shipped documents. Names come from the folder's listing, so that no other file can be asked for. */
export function exampleRequests(resourcesDirectory: string): Handlers<'examples.list' | 'examples.read'> {
  const folder = join(resourcesDirectory, 'examples')
  const names = async (): Promise<readonly string[]> =>
    (await readdir(folder)).filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(0, -SUFFIX.length)).sort()
  const read = async (name: string): Promise<string> => await readFile(join(folder, name + SUFFIX), 'utf8')
  return {
    'examples.list': async () =>
      await Promise.all(
        (await names()).map(async (name) => {
          const head = headSchema.parse(JSON.parse(await read(name)))
          return { name, title: head.name, note: head.note }
        }),
      ),
    'examples.read': async ({ name }) => {
      if (!(await names()).includes(name)) throw new Error(`there is no example ${name}`)
      return await read(name)
    },
  }
}
