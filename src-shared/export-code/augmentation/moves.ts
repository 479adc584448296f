import type { AugmentationPlan } from '@shared/compile'
import { python } from '../python/literal'

export type Options = Readonly<Record<string, unknown>>
type Chosen = AugmentationPlan['chosen'][number]

/** One that stands alone, or moves that are sampled once, the first of them last: each is told where the next one reads. */
export type Stage = { readonly kind: 'single'; readonly type: string; readonly options: Options } | { readonly kind: 'moves'; readonly fill: string; readonly members: readonly Chosen[] }

/** As training puts them together: moves with one fill in a row, up to one that sees the grid itself. */
export function stagesOf({ chosen }: AugmentationPlan): readonly Stage[] {
  const stages: Stage[] = []
  for (const entry of chosen) {
    const { definition, options } = entry
    const last = stages.at(-1)
    if (definition.kind !== 'geometry') stages.push({ kind: 'single', type: definition.type, options })
    else if (last?.kind === 'moves' && last.fill === options.fill && !onGrid(last.members)) stages[stages.length - 1] = { ...last, members: [...last.members, entry] }
    else stages.push({ kind: 'moves', fill: String(options.fill), members: [entry] })
  }
  return stages
}

function onGrid(members: readonly Chosen[]): boolean {
  const last = members.at(-1)?.definition
  return last?.kind === 'geometry' && last.onGrid === true
}

/** Lines that tell `rows` and `columns` where a picture is read, given where the new one's pixels are asked for. `library` has `cos` and `sin`. */
export function moveLines({ definition: { type }, options }: Chosen, library: string): string[] {
  const value = (name: string): number => Number(options[name])
  const each = 'len(x), 1, 1, 1'
  switch (type) {
    case 'shift':
      return [
        `columns = columns - uniform(${python(-value('horizontal'))} * width, ${python(value('horizontal'))} * width, ${each})`,
        `rows = rows - uniform(${python(-value('vertical'))} * height, ${python(value('vertical'))} * height, ${each})`,
      ]
    case 'rotate': {
      const limit = (value('degrees') * Math.PI) / 180
      return [
        `angle = uniform(${python(-limit)}, ${python(limit)}, ${each})`,
        'right, down = columns - (width - 1) / 2, rows - (height - 1) / 2',
        `columns = right * ${library}.cos(angle) - down * ${library}.sin(angle) + (width - 1) / 2`,
        `rows = right * ${library}.sin(angle) + down * ${library}.cos(angle) + (height - 1) / 2`,
      ]
    }
    case 'zoom':
      return [
        `size = uniform(${python(1 - value('amount'))}, ${python(1 + value('amount'))}, ${each})`,
        'columns, rows = ((at - (extent - 1) / 2) / size + (extent - 1) / 2 for at, extent in ((columns, width), (rows, height)))',
      ]
    case 'elastic':
      return [`right, down = bend(len(x), height, width, displacement=${python(value('displacement'))}, deviation=${python(value('smoothness'))})`, 'columns, rows = columns + right, rows + down']
    default:
      throw new Error(`no Python form of the move ${type}`)
  }
}

/** An even square reaches from c − L/2 to c + L/2 − 1. */
export function cutoutCenter(size: number): string {
  return size % 2 === 0 ? ' - 0.5' : ''
}

/** Least and greatest area, in any order. */
export function areaLimits(options: Options): readonly [string, string] {
  const [a, b] = [Number(options.minimum), Number(options.maximum)]
  return [python(Math.min(a, b)), python(Math.max(a, b))]
}

/** What `augment` takes and gives: rows, or rows with their targets; null where nothing is augmented. */
export function changesOf({ chosen }: AugmentationPlan): 'rows' | 'both' | null {
  if (chosen.length === 0) return null
  return chosen.some(({ definition }) => definition.kind === 'mixing') ? 'both' : 'rows'
}
