import { choiceSchema } from '../choice'
import { registry } from '../definition'
import { constant } from './constant'
import { heNormal } from './he-normal'
import { heUniform } from './he-uniform'
import type { InitializerDefinition } from './initializer'
import { lecunNormal } from './lecun-normal'
import { lecunUniform } from './lecun-uniform'
import { normal } from './normal'
import { ones } from './ones'
import { orthogonal } from './orthogonal'
import { truncatedNormal } from './truncated-normal'
import { uniform } from './uniform'
import { xavierNormal } from './xavier-normal'
import { xavierUniform } from './xavier-uniform'
import { zeros } from './zeros'

export type { InitializerContext, InitializerDefinition } from './initializer'

export const initializers: readonly InitializerDefinition[] = [
  zeros,
  ones,
  constant,
  normal,
  truncatedNormal,
  uniform,
  xavierNormal,
  xavierUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  orthogonal,
]

export const initializerRegistry = registry(initializers)

/** Other names that documents may use. */
export const initializerAliases = {
  glorotNormal: 'xavierNormal',
  glorotUniform: 'xavierUniform',
  kaimingNormal: 'heNormal',
  kaimingUniform: 'heUniform',
} as const

/** `"heNormal"`, or `{ "type": "normal", "stddev": 0.01 }`. */
export const initializerSchema = choiceSchema(initializers, initializerAliases)
