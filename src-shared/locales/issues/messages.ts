import type { Text } from '@shared/catalog/definition'

/** Message by issue code; `{name}` is replaced by the issue's argument, `{name:term}` by its words in the
 *  language (`terms.ts`). Says what is wrong, where, and the fix. */
export type IssueMessages = Readonly<Record<string, Text>>
export type Language = keyof Text
