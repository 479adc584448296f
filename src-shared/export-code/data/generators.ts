import { call, Code, indent, python, type PythonValue } from '../python/literal'
import { loadRows, type DataCode } from './code'

const OWN_NUMBERS = 'Generated as Descent does, from other random numbers.'

type Options = Readonly<Record<string, unknown>>

/** Points of a plane: `angle`-like formulas over `row` and `label`. */
function plane(options: Options, lines: readonly string[]): DataCode {
  const { rows, noise } = options as { rows: number; noise: number }
  const noisy = noise > 0 ? [`points = points + random.normal(scale=${python(noise)}, size=points.shape)`] : []
  const body = ['random = np.random.default_rng(SEED)', `row = np.arange(${python(rows)})`, ...lines, ...noisy, 'return points, label, None']
  return loadRows(indent(body.join('\n')), OWN_NUMBERS)
}

function moons(options: Options): DataCode {
  return plane(options, [
    'label = row % 2',
    'counts = np.array([(len(row) + 1) // 2, len(row) // 2])',
    't = np.pi * (row // 2) / np.maximum(1, counts[label] - 1)',
    'points = np.where(label[:, None] == 0, np.stack([np.cos(t), np.sin(t)], 1), np.stack([1 - np.cos(t), 0.5 - np.sin(t)], 1))',
  ])
}

function circles(options: Options): DataCode {
  return plane(options, [
    'label = row % 2',
    'counts = np.array([(len(row) + 1) // 2, len(row) // 2])',
    't = 2 * np.pi * (row // 2) / counts[label]',
    `radius = np.where(label == 0, 1, ${python(options.factor as number)})`,
    'points = radius[:, None] * np.stack([np.cos(t), np.sin(t)], 1)',
  ])
}

function spiral(options: Options): DataCode {
  const { rows, classes, turns } = options as { rows: number; classes: number; turns: number }
  return plane(options, [
    `label = row % ${python(classes)}`,
    `radius = (row // ${python(classes)}) / ${python(Math.ceil(rows / classes))}`,
    `angle = 2 * np.pi * (${python(turns)} * radius + label / ${python(classes)})`,
    'points = radius[:, None] * np.stack([np.sin(angle), np.cos(angle)], 1)',
  ])
}

function gaussian(options: Options): DataCode {
  const { classes, separation, deviation } = options as { classes: number; separation: number; deviation: number }
  return plane({ ...options, noise: deviation }, [
    `label = row % ${python(classes)}`,
    `angle = 2 * np.pi * label / ${python(classes)}`,
    `points = ${python(separation)} * np.stack([np.cos(angle), np.sin(angle)], 1)`,
  ])
}

function xor(options: Options): DataCode {
  const { layout, gap } = options as { layout: string; gap: number }
  const places = layout === 'corners' ? 'points = sides.astype(float)' : `points = (2 * sides - 1) * (${python(gap)} + (1 - ${python(gap)}) * random.uniform(size=sides.shape))`
  return plane(options, ['sides = np.stack([row & 1, (row >> 1) & 1], 1)', 'label = sides[:, 0] ^ sides[:, 1]', places])
}

function linear(options: Options): DataCode {
  const { rows, slope, intercept, noise, range } = options as { rows: number; slope: number; intercept: number; noise: number; range: readonly [number, number] }
  const body = [
    'random = np.random.default_rng(SEED)',
    `x = random.uniform(${python(range[0])}, ${python(range[1])}, ${python(rows)})`,
    `y = ${python(slope)} * x + ${python(intercept)} + random.normal(scale=${python(noise)}, size=len(x))`,
    'return x[:, None], y[:, None], None',
  ]
  return loadRows(indent(body.join('\n')), OWN_NUMBERS)
}

function classification(options: Options): DataCode {
  const text = (name: string): PythonValue => (options[name] === 'random' ? null : (options[name] as number))
  const made = call('make_classification', [], {
    n_samples: options.samples as number,
    n_features: options.features as number,
    n_informative: options.informative as number,
    n_redundant: options.redundant as number,
    n_repeated: options.repeated as number,
    n_classes: options.classes as number,
    n_clusters_per_class: options.clustersPerClass as number,
    weights: (options.weights as readonly number[] | undefined) ?? null,
    flip_y: options.flipY as number,
    class_sep: options.classSep as number,
    hypercube: options.hypercube as boolean,
    shift: text('shift'),
    scale: text('scale'),
    shuffle: options.shuffle as boolean,
    random_state: new Code('SEED'),
  })
  return loadRows(indent(`from sklearn.datasets import make_classification\n\nfeatures, labels = ${made}\nreturn features, labels, None`), `${OWN_NUMBERS} Needs scikit-learn.`)
}

/** No library of Python's draws these images: they come from a file that Descent writes. */
function syntheticDigits(options: Options): DataCode {
  const image = options.shape === 'image'
  const body = `with np.load("synthetic-digits.npz") as arrays:
    features, labels, test_from = arrays["features"], arrays["labels"], int(arrays["test_from"])
return features.reshape(len(features), ${image ? '1, 28, 28' : '784'}), labels, test_from if test_from < len(features) else None`
  return loadRows(
    indent(body),
    'Descent draws these images; nothing in Python does. Write them to synthetic-digits.npz beside this script with: descent data DOCUMENT --npz synthetic-digits.npz',
  )
}

/** By type of data set. */
export const GENERATORS: Readonly<Record<string, (options: Options) => DataCode>> = {
  moons,
  circles,
  spiral,
  gaussian,
  xor,
  linear,
  classification,
  'synthetic-digits': syntheticDigits,
}

