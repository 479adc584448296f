import { registry } from '../definition'
import { beale } from './beale'
import { bowl } from './bowl'
import { himmelblau } from './himmelblau'
import { rastrigin } from './rastrigin'
import { ravine } from './ravine'
import { rosenbrock } from './rosenbrock'
import { saddle } from './saddle'
import type { SurfaceDefinition } from './surface'

export type { Minimum, Point, SurfaceDefinition } from './surface'

/** In the order in which people should meet them. */
export const surfaces: readonly SurfaceDefinition[] = [bowl, ravine, rosenbrock, beale, himmelblau, saddle, rastrigin]

export const surfaceRegistry = registry(surfaces)
