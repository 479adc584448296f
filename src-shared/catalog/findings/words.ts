import { fill } from '@shared/locales/fill'
import type { Text } from '../definition'
import type { Edit, Finding, Remedy } from './finding'

type Language = keyof Text

export function findingText({ definition, args }: Finding, language: Language): string {
  return fill(definition.message[language], args)
}

export function remedyText({ text, args }: Remedy, language: Language): string {
  return fill(text[language], args)
}

/** The change as `descent run --set` takes it; null where it goes by a layer's number, which a file may count otherwise. */
export function editOption({ path, value }: Edit): string | null {
  if (path.some((key) => typeof key === 'number')) return null
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return `--set ${path.join('.')}=${/^[\w.+-]+$/.test(text) ? text : `'${text}'`}`
}
