import type { Text } from '@shared/catalog/definition'

export type Language = keyof Text

/** One area's texts: every key in every language, or it does not compile. */
export type AreaMessages = Readonly<Record<string, Text>>
