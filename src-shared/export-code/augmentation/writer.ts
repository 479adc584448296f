import type { AugmentationPlan, TrainingPlan } from '@shared/compile'
import type { Shape } from '@shared/graph'
import { indent, python } from '../python/literal'
import { areaLimits, changesOf, cutoutCenter, moveLines, stagesOf, type Options, type Stage } from './moves'

/** What an augmentation in Python consists of. */
export interface AugmentationCode {
  readonly definitions: readonly string[]
  /** What `augment` takes and gives: rows, or rows with their targets; null where nothing is augmented. */
  readonly changes: 'rows' | 'both' | null
}

/** How a framework says what an augmentation needs. */
export interface AugmentationWords {
  /** Where `abs`, `cos`, `where`, `roll`, … are. */
  readonly library: string
  /** Extents of pictures. */
  readonly extents: string
  readonly mirrored: { readonly horizontal: string; readonly vertical: string }
  /** Normal values in the shape of x. */
  readonly normal: string
  readonly atMost: (value: string, most: string) => string
  /** A whole number below the count of rows. */
  readonly distance: string
  readonly share: (alpha: number) => string
  /** Lines that read the pictures at `rows` and `columns`. */
  readonly read: (fill: string) => readonly string[]
  /** Rows as pictures, and back. */
  readonly unflattened: (picture: Shape) => string
  readonly flattened: string
  /** Lines that make what is given ready, before all others. */
  readonly given: (name: string) => readonly string[]
  readonly result: (name: string) => string
  /** Functions that the lines call, in the order of the script. */
  readonly functions: Readonly<Record<string, string>>
}

/** `augment(x)`, or `augment(x, y)` where targets are mixed, too, with the functions that it calls. */
export function augmentationCode({ augmentation: plan, data }: TrainingPlan, words: AugmentationWords): AugmentationCode {
  const changes = changesOf(plan)
  if (changes === null) return { definitions: [], changes }
  const lines = stagesOf(plan).flatMap((stage) => stageLines(stage, words))
  const text = lines.join('\n')
  const names = changes === 'both' ? ['x', 'y'] : ['x']
  const flat = flatPicture(plan, data.sample, text)
  const body = [
    ...names.flatMap(words.given),
    ...(flat === null ? [] : [words.unflattened(flat)]),
    ...(/\bheight\b|\bwidth\b/.test(text) ? [`height, width = ${words.extents}`] : []),
    ...lines,
    ...(flat === null ? [] : [words.flattened]),
    `return ${names.map(words.result).join(', ')}`,
  ]
  const calls = (name: string): boolean => text.includes(`${name}(`)
  return {
    definitions: [
      ...Object.entries(words.functions).flatMap(([name, code]) => (calls(name) || (name === 'uniform' && calls('bend')) ? [code] : [])),
      `def augment(${names.join(', ')}):\n    """${changes === 'both' ? 'Rows and targets' : 'Rows'} as one update sees them."""\n${indent(body.join('\n'))}`,
    ],
    changes,
  }
}

/** Shape of the pictures that rows are, where the lines need pictures and the rows are flat. */
function flatPicture({ picture }: AugmentationPlan, sample: Shape, text: string): Shape | null {
  return sample.length !== 3 && /\b(height|width|rows|columns|flip)\b/.test(text) ? picture : null
}

const EACH = 'len(x), 1, 1, 1'

function stageLines(stage: Stage, words: AugmentationWords): readonly string[] {
  if (stage.kind === 'single') return singleLines(stage.type, stage.options, words)
  return ['rows, columns = pixels(x)', ...stage.members.toReversed().flatMap((member) => moveLines(member, words.library)), ...words.read(stage.fill)]
}

function singleLines(type: string, options: Options, words: AugmentationWords): readonly string[] {
  const { library, normal } = words
  const value = (name: string): string => python(Number(options[name]))
  const near = (half: string, other = half): string => `(${library}.abs(columns - column) < ${half}) & (${library}.abs(rows - row) < ${other})`
  switch (type) {
    case 'flip':
      return (['horizontal', 'vertical'] as const).filter((way) => options[way] === true).map((way) => `x = ${library}.where(uniform(0, 1, ${EACH}) < ${value('probability')}, ${words.mirrored[way]}, x)`)
    case 'noise':
      return Number(options.deviation) === 0 ? [] : [`x = x + ${value('deviation')} * ${normal}`]
    case 'cutout': {
      const center = (extent: string): string => `${library}.floor(uniform(0, ${extent}, ${EACH}))${cutoutCenter(Number(options.size))}`
      return [`column, row = ${center('width')}, ${center('height')}`, 'rows, columns = pixels(x)', `x = ${library}.where(${near(python(Number(options.size) / 2))}, 0.0, x)`]
    }
    case 'randomErasing': {
      const [least, most] = areaLimits(options)
      return [
        `area = uniform(${least} * height * width, ${most} * height * width, ${EACH})`,
        `aspect = ${library}.exp(uniform(math.log(0.3), -math.log(0.3), ${EACH}))`,
        `wide, high = ${words.atMost(`${library}.sqrt(area / aspect)`, 'width')}, ${words.atMost(`${library}.sqrt(area * aspect)`, 'height')}`,
        `column = uniform(0, 1, ${EACH}) * (width - wide) + wide / 2 - 0.5`,
        `row = uniform(0, 1, ${EACH}) * (height - high) + high / 2 - 0.5`,
        'rows, columns = pixels(x)',
        `erased = ${near('wide / 2', 'high / 2')} & (uniform(0, 1, ${EACH}) < ${value('probability')})`,
        `x = ${library}.where(erased, ${options.fill === 'zeros' ? '0.0' : normal}, x)`,
      ]
    }
    case 'mixup':
      return [`distance, share = ${words.distance}, ${words.share(Number(options.alpha))}`, `x, y = (share * each + (1 - share) * ${library}.roll(each, -distance, 0) for each in (x, y))`]
    default:
      throw new Error(`no Python form of the augmentation ${type}`)
  }
}
