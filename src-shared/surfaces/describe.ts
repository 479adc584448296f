import type { Landscape } from './landscape'
import type { Race } from './race'
import { headOf } from './scene'
import type { Trajectory } from './racer'

/** A racer's name out of its document: `adam pytorch 0.01 cosine`. */
export function racerName({ optimizer, schedule }: Pick<Race['entrants'][number], 'optimizer' | 'schedule'>): string {
  const { definition, dialect, learningRate } = optimizer
  return [definition.type, dialect, String(learningRate), ...(schedule === undefined ? [] : [schedule.type])].join(' ')
}

/** How a racer stands after `steps` updates. */
export interface Standing {
  readonly step: number
  readonly x: number
  readonly y: number
  readonly value: number
  /** To the nearest known minimum; null where none is known. */
  readonly distance: number | null
  /** Height above the lowest known ground; null where none is known. */
  readonly excess: number | null
  readonly diverged: boolean
}

/** A line of a picture's legend: `adam keras 0.001: f = 0.25 at (1, -0.5)`. */
export function endOf({ landscape, entrants, steps }: Race, index: number): string {
  const entrant = entrants[index]
  const standing = standingOf(landscape, entrant.racer.runTo(steps), steps)
  if (standing === null) return `${racerName(entrant)}: f is not finite at the start`
  const end = `f = ${short(standing.value)} at (${short(standing.x)}, ${short(standing.y)})`
  return `${racerName(entrant)}: ${end}${standing.diverged ? `, diverged at update ${standing.step + 1}` : ''}`
}

function short(value: number): string {
  return String(Number(value.toPrecision(4))).replace('e+', 'e')
}

export function standingOf({ minima }: Pick<Landscape, 'minima'>, trajectory: Trajectory, steps: number): Standing | null {
  const head = headOf(trajectory, steps)
  if (head === null) return null
  const [x, y] = head.at
  const distances = minima.map(({ at }) => Math.hypot(x - at[0], y - at[1]))
  const lowest = minima.length === 0 ? null : Math.min(...minima.map(({ value }) => value))
  return {
    step: head.step,
    x,
    y,
    value: head.value,
    distance: distances.length === 0 ? null : Math.min(...distances),
    excess: lowest === null ? null : head.value - lowest,
    diverged: trajectory.divergedAt !== null && steps >= trajectory.divergedAt,
  }
}
