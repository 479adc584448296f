import type { TrainingPlan } from '@shared/compile'
import { augmentationCode, type AugmentationCode, type AugmentationWords } from '../augmentation/writer'
import { python } from '../python/literal'

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

const WORDS: AugmentationWords = {
  library: 'ops',
  extents: 'x.shape[1:3]',
  mirrored: { horizontal: 'ops.flip(x, 2)', vertical: 'ops.flip(x, 1)' },
  normal: 'keras.random.normal(x.shape)',
  atMost: (value, most) => `ops.minimum(${value}, ${most})`,
  distance: 'int(uniform(0, len(x), 1)[0])',
  share: (alpha) => `float(keras.random.beta((), ${python(alpha)}, ${python(alpha)}))`,
  read: (fill) => [
    // Keras's own "reflect" is not the same with every backend.
    ...(fill === 'reflect' ? ['rows, columns = fold(rows, height), fold(columns, width)'] : []),
    `x = read(x, rows, columns, "${fill === 'zeros' ? 'constant' : 'nearest'}")`,
  ],
  unflattened: (picture) => `x = ops.moveaxis(ops.reshape(x, (-1, ${picture.join(', ')})), 1, -1)`,
  flattened: 'x = ops.reshape(ops.moveaxis(x, -1, 1), (len(x), -1))',
  given: (name) => [`${name} = ops.convert_to_tensor(${name})`],
  result: (name) => `ops.convert_to_numpy(${name})`,
  functions: { uniform: UNIFORM, pixels: PIXELS, read: READ, fold: FOLD, bend: BEND },
}

/** `augment(x)` in Keras, or `augment(x, y)` where targets are mixed, too, and the batches that it makes; channels last. */
export function kerasAugmentation(plan: TrainingPlan, shuffled: boolean): AugmentationCode {
  const { definitions, changes } = augmentationCode(plan, WORDS)
  return { definitions: changes === null ? definitions : [...definitions, batches(changes, shuffled)], changes }
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
