import type { TrainingPlan } from '@shared/compile'
import { areaLimits, changesOf, cutoutCenter, moveLines, stagesOf, type AugmentationCode, type Options, type Stage } from '../augmentation/moves'
import { indent, python } from '../python/literal'

const FOLD = `def fold(at, extent):
    """Places beyond the edge mirrored into the picture: d c b a | a b c d | d c b a."""
    return extent - 0.5 - ops.abs(ops.mod(at + 0.5, 2 * extent) - extent)`

const UNIFORM = `def uniform(low, high, *shape):
    return low + (high - low) * keras.random.uniform(shape)`

const PIXELS = `def pixels(x):
    """Rows and columns of pictures, laid beside them."""
    height, width = x.shape[1:3]
    return ops.reshape(ops.arange(height, dtype="float32"), (1, -1, 1, 1)), ops.reshape(ops.arange(width, dtype="float32"), (1, 1, -1, 1))`

const READ = `def read(x, rows, columns, fill_mode):
    """Pictures read bilinearly at these rows and columns."""
    pictures, channels = (ops.reshape(ops.arange(x.shape[axis], dtype="float32"), shape) for axis, shape in ((0, (-1, 1, 1, 1)), (3, (1, 1, 1, -1))))
    places = ops.stack([ops.broadcast_to(each, x.shape) for each in (pictures, rows, columns, channels)])
    return ops.image.map_coordinates(x, places, order=1, fill_mode=fill_mode)`

const BEND = `def curve(deviation, most):
    """A normal curve over whole numbers; sum 1."""
    radius = min(math.ceil(3 * deviation), most)
    values = np.exp(-(np.arange(-radius, radius + 1) ** 2) / (2 * deviation**2))
    return (values / values.sum()).astype("float32")


def bend(count, height, width, displacement, deviation):
    """How far every pixel moves to the right and down: smooth, of this size (root mean square)."""
    down, across = curve(deviation, height - 1), curve(deviation, width - 1)
    noise = uniform(-1, 1, 2 * count, height, width, 1)
    noise = ops.conv(noise, down.reshape(-1, 1, 1, 1), padding="same")
    noise = ops.conv(noise, across.reshape(1, -1, 1, 1), padding="same")
    return ops.split(noise * displacement * (3 / (np.square(down).sum() * np.square(across).sum())) ** 0.5, 2)`

/** `augment(x)` in Keras, or `augment(x, y)` where targets are mixed, too, and the batches that it makes; channels last. */
export function kerasAugmentation({ augmentation: plan, data }: TrainingPlan, shuffled: boolean): AugmentationCode {
  const changes = changesOf(plan)
  if (changes === null) return { definitions: [], changes }
  const lines = stagesOf(plan).flatMap(stageLines)
  const text = lines.join('\n')
  const pictures = /\b(height|width|rows|columns|flip)\b/.test(text)
  const flat = pictures && data.sample.length !== 3 ? plan.picture : null
  const body = [
    'x = ops.convert_to_tensor(x)',
    ...(flat === null ? [] : [`x = ops.moveaxis(ops.reshape(x, (-1, ${flat.map((extent) => python(extent)).join(', ')})), 1, -1)`]),
    ...(/\bheight\b|\bwidth\b/.test(text) ? ['height, width = x.shape[1:3]'] : []),
    ...lines,
    ...(flat === null ? [] : ['x = ops.reshape(ops.moveaxis(x, -1, 1), (len(x), -1))']),
    changes === 'both' ? 'return ops.convert_to_numpy(x), ops.convert_to_numpy(y)' : 'return ops.convert_to_numpy(x)',
  ]
  return {
    definitions: [
      ...(/\buniform\(|\bbend\(/.test(text) ? [UNIFORM] : []),
      ...(/\bpixels\(/.test(text) ? [PIXELS] : []),
      ...(/\bread\(/.test(text) ? [READ] : []),
      ...(/\bfold\(/.test(text) ? [FOLD] : []),
      ...(/\bbend\(/.test(text) ? [BEND] : []),
      `def augment(${changes === 'both' ? 'x, y' : 'x'}):\n    """${changes === 'both' ? 'Rows and targets' : 'Rows'} as one update sees them."""\n${indent(body.join('\n'))}`,
      batches(changes, shuffled),
    ],
    changes,
  }
}

function batches(changes: 'rows' | 'both', shuffled: boolean): string {
  const order = `np.random.permutation(len(self.x))`
  return `class Batches(keras.utils.PyDataset):
    """Rows in batches, augmented anew every time."""

    def __init__(self, x, y, batch_size):
        super().__init__()
        self.x, self.y, self.batch_size, self.order = x, y, batch_size, ${shuffled ? 'np.random.permutation(len(x))' : 'np.arange(len(x))'}

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, index):
        rows = self.order[index * self.batch_size : (index + 1) * self.batch_size]
        return ${changes === 'both' ? 'augment(self.x[rows], self.y[rows])' : 'augment(self.x[rows]), self.y[rows]'}${
          shuffled
            ? `

    def on_epoch_end(self):
        self.order = ${order}`
            : ''
        }`
}

function stageLines(stage: Stage): string[] {
  if (stage.kind === 'single') return singleLines(stage.type, stage.options)
  const moves = stage.members.toReversed().flatMap((member) => moveLines(member, { cos: 'ops.cos', sin: 'ops.sin' }))
  // Keras's own "reflect" is not the same with every backend.
  const folds = stage.fill === 'reflect' ? ['rows, columns = fold(rows, height), fold(columns, width)'] : []
  return ['rows, columns = pixels(x)', ...moves, ...folds, `x = read(x, rows, columns, "${stage.fill === 'zeros' ? 'constant' : 'nearest'}")`]
}

function singleLines(type: string, options: Options): string[] {
  const value = (name: string): string => python(Number(options[name]))
  const each = 'len(x), 1, 1, 1'
  switch (type) {
    case 'flip': {
      const axes = [...(options.horizontal === true ? [2] : []), ...(options.vertical === true ? [1] : [])]
      return axes.map((axis) => `x = ops.where(uniform(0, 1, ${each}) < ${value('probability')}, ops.flip(x, ${String(axis)}), x)`)
    }
    case 'noise':
      return Number(options.deviation) === 0 ? [] : [`x = x + ${value('deviation')} * keras.random.normal(x.shape)`]
    case 'cutout': {
      const half = python(Number(options.size) / 2)
      const center = (extent: string): string => `ops.floor(uniform(0, ${extent}, ${each}))${cutoutCenter(Number(options.size))}`
      return [`column, row = ${center('width')}, ${center('height')}`, 'rows, columns = pixels(x)', `x = ops.where((ops.abs(columns - column) < ${half}) & (ops.abs(rows - row) < ${half}), 0.0, x)`]
    }
    case 'randomErasing': {
      const [least, most] = areaLimits(options)
      return [
        `area = uniform(${least} * height * width, ${most} * height * width, ${each})`,
        `aspect = ops.exp(uniform(math.log(0.3), -math.log(0.3), ${each}))`,
        'wide, high = ops.minimum(ops.sqrt(area / aspect), width), ops.minimum(ops.sqrt(area * aspect), height)',
        `column = uniform(0, 1, ${each}) * (width - wide) + wide / 2 - 0.5`,
        `row = uniform(0, 1, ${each}) * (height - high) + high / 2 - 0.5`,
        'rows, columns = pixels(x)',
        `erased = (ops.abs(columns - column) < wide / 2) & (ops.abs(rows - row) < high / 2) & (uniform(0, 1, ${each}) < ${value('probability')})`,
        `x = ops.where(erased, ${options.fill === 'zeros' ? '0.0' : 'keras.random.normal(x.shape)'}, x)`,
      ]
    }
    case 'mixup':
      return [
        `distance, share = int(uniform(0, len(x), 1)[0]), float(keras.random.beta((), ${value('alpha')}, ${value('alpha')}))`,
        'x, y = (share * each + (1 - share) * ops.roll(each, -distance, axis=0) for each in (x, y))',
      ]
    default:
      throw new Error(`no Keras form of the augmentation ${type}`)
  }
}
