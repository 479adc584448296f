import type { OpEntry } from '../example'
import { elementwise } from './elementwise'
import { indices } from './indices'
import { linear } from './linear'
import { movement } from './movement'
import { pools } from './pools'
import { recurrent } from './recurrent'
import { reductions } from './reductions'

/** How every op of the set is exercised, by its name. */
export const opTable: Readonly<Record<string, OpEntry>> = { ...elementwise, ...linear, ...pools, ...reductions, ...movement, ...indices, ...recurrent }
