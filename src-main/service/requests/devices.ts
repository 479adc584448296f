import type { Core } from '@main/core'
import { parseDocument } from '@shared/spec'
import type { DocumentPlaces } from '../document-places'
import type { Handlers } from '../handlers'

export function deviceRequests(core: Core, places: DocumentPlaces): Handlers<'app.devices' | 'devices.placements'> {
  return {
    'app.devices': async () => await core.devices(),
    'devices.placements': async ({ document, tab, device }) => {
      const parsed = parseDocument(document)
      if (!parsed.ok) return parsed
      const baseDirectory = places.baseDirectory(tab, undefined)
      const confined = await places.confine(parsed.value, baseDirectory)
      return confined.ok ? await core.placements({ document: parsed.value, baseDirectory, device }) : confined
    },
  }
}
