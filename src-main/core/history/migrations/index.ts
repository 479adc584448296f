import { first } from './0001-first'
import type { Migration } from './migration'

export type { Migration } from './migration'

/** In order; append only. A database's `user_version` is the number of migrations it has seen. */
export const MIGRATIONS: readonly Migration[] = [first]
