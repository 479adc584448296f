import { join } from 'node:path'
import { z } from 'zod'
import type { ServiceOptions } from '../context'
import type { Handlers } from '../handlers'
import { JsonFile } from '../json-file'

const schema = z.record(z.string(), z.json())

/** What people chose, by key. */
export async function settingsRequests({ dataDirectory, desktop }: ServiceOptions, now: () => number): Promise<Handlers<'settings.read' | 'settings.write'>> {
  const file = await JsonFile.open(join(dataDirectory, 'settings.json'), schema, {}, now)
  return {
    'settings.read': () => file.value,
    'settings.write': async ({ key, value }) => {
      await file.write({ ...file.value, [key]: value })
      desktop?.changed(key, value)
      return null
    },
  }
}
