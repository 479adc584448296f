import { BLOCKED_FORMS } from '../blocked'
import { FORMS } from '../forms'
import { deviceForms } from '../forms/device'
import { DEVICE_FUSIONS, FUSIONS } from './fusions'
import type { LoweringTable } from './plan'

/** Everything there is, for speed. */
export const FULL_TABLE: LoweringTable = { forms: FORMS, blockedForms: BLOCKED_FORMS, fusions: FUSIONS }

/** One form for each op and nothing skipped: every tensor exists, in the plain layout. */
export const PLAIN_TABLE: LoweringTable = { forms: FORMS, blockedForms: new Map(), fusions: [] }

/** For one step on a device: what its providers have and compute rightly, in the plain layout. */
export const DEVICE_TABLE: LoweringTable = {
  forms: new Map([...FORMS, ...deviceForms.map((form) => [form.op, form] as const)]),
  blockedForms: new Map(),
  fusions: DEVICE_FUSIONS,
}
