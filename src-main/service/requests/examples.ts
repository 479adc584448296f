import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { exampleGroupsSchema, type ExampleGroup } from '@shared/protocol/examples'
import type { Handlers } from '../handlers'

/** The shipped documents. Names come from their list, so that no other file can be asked for. */
export function exampleRequests(resourcesDirectory: string): Handlers<'examples.list' | 'examples.read'> {
  const folder = join(resourcesDirectory, 'examples')
  const list = async (): Promise<readonly ExampleGroup[]> => exampleGroupsSchema.parse(JSON.parse(await readFile(join(folder, 'groups.json'), 'utf8')))
  return {
    'examples.list': list,
    'examples.read': async ({ name }) => {
      if (!(await list()).some(({ examples }) => examples.some((example) => example.name === name))) throw new Error(`there is no example ${name}`)
      return await readFile(join(folder, `${name}.descent.json`), 'utf8')
    },
  }
}
