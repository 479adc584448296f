import { remedyText, type Remedy } from '@shared/catalog/findings'
import { withValue, type Json, type JsonObject } from '@renderer/stores/edit'

/** The document with the remedy's changes, named after them. */
export function withRemedy(document: JsonObject, remedy: Remedy): JsonObject {
  const edited = remedy.edits.reduce<Json>((before, { path, value }) => withValue(before, path, value as Json), document)
  const name = typeof document.name === 'string' && document.name !== '' ? document.name : 'experiment'
  // The document's name is not the window's text: English, as file names are.
  return withValue(edited, ['name'], `${name} – ${remedyText(remedy, 'en')}`.slice(0, 200)) as JsonObject
}
