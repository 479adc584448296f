import { BLOCKED_FORMS } from '../blocked'
import { FORMS } from '../forms'
import { FUSIONS } from './fusions'
import type { LoweringTable } from './plan'

/** Everything there is, for speed. */
export const FULL_TABLE: LoweringTable = { forms: FORMS, blockedForms: BLOCKED_FORMS, fusions: FUSIONS }

/** One form for each op and nothing skipped: every tensor exists, in the plain layout. */
export const PLAIN_TABLE: LoweringTable = { forms: FORMS, blockedForms: new Map(), fusions: [] }
