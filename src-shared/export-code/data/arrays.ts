import { indent, python, pythonList } from '../python/literal'
import { loadRows, type DataCode } from './code'

type Options = Readonly<Record<string, unknown>>

const CLASS_NUMBERS = `def class_numbers(labels):
    """Labels as numbers from 0, in the order of their values."""
    return np.unique(labels, return_inverse=True)[1].reshape(-1)`

function digits(options: Options): DataCode {
  const shape = options.shape === 'image' ? '1, 8, 8' : '64'
  return loadRows(
    indent(`if os.path.exists("digits.csv"):
    table = np.loadtxt("digits.csv", delimiter=",", skiprows=1)
    features, labels = table[:, :-1], table[:, -1].astype(int)
else:
    from sklearn.datasets import load_digits

    features, labels = load_digits(return_X_y=True)
return features.reshape(-1, ${shape}), labels, None`),
    'digits.csv beside this script (Descent brings it in resources/data), or scikit-learn: the same rows.',
    ['import os'],
  )
}

function iris(): DataCode {
  return loadRows(
    indent(`if os.path.exists("iris.csv"):
    table = np.loadtxt("iris.csv", delimiter=",", skiprows=1, dtype=str)
    features, labels = table[:, :-1].astype(float), class_numbers(table[:, -1])
else:
    from sklearn.datasets import load_iris

    features, labels = load_iris(return_X_y=True)
return features, labels, None`),
    'iris.csv beside this script (Descent brings it in resources/data), or scikit-learn, whose table differs in two flowers.',
    ['import os'],
    [CLASS_NUMBERS],
  )
}

const READ_IDX = `def read_idx(path):
    """An array in MNIST's format, plain or gzipped."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:2] == b"\\x1f\\x8b":
        data = gzip.decompress(data)
    types = {8: ">u1", 9: ">i1", 11: ">i2", 12: ">i4", 13: ">f4", 14: ">f8"}
    shape = np.frombuffer(data, ">u4", data[3], 4)
    return np.frombuffer(data, types[data[2]], offset=4 + 4 * data[3]).reshape(shape)`

function idx(options: Options): DataCode {
  const { images, labels, testImages, testLabels } = options as { images: string; labels: string; testImages?: string; testLabels?: string }
  const lines = [`features, labels = read_idx(${python(images)}), read_idx(${python(labels)})`, 'test_from = None']
  if (testImages !== undefined && testLabels !== undefined) {
    lines.push('test_from = len(features)', `features = np.concatenate([features, read_idx(${python(testImages)})])`, `labels = np.concatenate([labels, read_idx(${python(testLabels)})])`)
  }
  if (options.shape === 'flat') lines.push('features = features.reshape(len(features), -1)')
  else lines.push('if features.ndim == 3:', '    features = features[:, None]')
  return loadRows(indent([...lines, `return features, ${labelsCode(options)}, test_from`].join('\n')), null, ['import gzip'], [READ_IDX, ...labelHelpers(options)])
}

function npy(options: Options, classes: boolean): DataCode {
  const { path, features, targets, testFeatures, testTargets } = options as Readonly<Record<string, string | undefined>>
  const read = (name: string): string => (path === undefined ? `np.load(${python(name)}, allow_pickle=False)` : `arrays[${python(name)}]`)
  const lines = [`features, targets, test_from = ${read(features ?? '')}, ${read(targets ?? '')}, None`]
  if (testFeatures !== undefined && testTargets !== undefined) {
    lines.push('test_from = len(features)', `features = np.concatenate([features, ${read(testFeatures)}])`, `targets = np.concatenate([targets, ${read(testTargets)}])`)
  }
  const opened = path === undefined ? lines : [`with np.load(${python(path)}, allow_pickle=False) as arrays:`, ...lines.map((line) => `    ${line}`)]
  const after = [
    'features = features.reshape(len(features), -1) if features.ndim == 1 else features',
    ...(options.shape === 'flat' ? ['features = features.reshape(len(features), -1)'] : []),
    ...(options.shape === 'image' ? ['if features.ndim == 3:', '    features = features[:, None]'] : []),
    `return features, ${classes ? labelsCode(options, 'targets.reshape(-1)') : 'targets.reshape(len(targets), -1) if targets.ndim == 1 else targets'}, test_from`,
  ]
  return loadRows(indent([...opened, ...after].join('\n')), null, [], classes ? labelHelpers(options) : [])
}

/** With names given, labels are numbers of names; otherwise the values that occur are the classes. */
function labelsCode({ classNames }: Options, labels = 'labels'): string {
  return classNames === undefined ? `class_numbers(${labels})` : `${labels}.astype(int)`
}

function labelHelpers({ classNames }: Options): readonly string[] {
  return classNames === undefined ? [CLASS_NUMBERS] : []
}

const READ_IMAGES = `def read_images(root, classes, mode):
    """Pictures of one folder per class, channels first."""
    pictures, labels = [], []
    for label, name in enumerate(classes):
        for file in sorted(os.listdir(os.path.join(root, name))):
            if file.lower().endswith((".png", ".jpg", ".jpeg")) and not file.startswith("."):
                pixels = np.asarray(Image.open(os.path.join(root, name, file)).convert(mode))
                pictures.append(pixels[None] if pixels.ndim == 2 else pixels.transpose(2, 0, 1))
                labels.append(label)
    return np.stack(pictures), np.array(labels)`

function imageFolder(options: Options): DataCode {
  const { path, testPath } = options as { path: string; testPath?: string }
  const mode = options.channels === 'rgb' ? '"RGB"' : '"L"'
  const lines = [
    `classes = sorted(each for each in os.listdir(${python(path)}) if os.path.isdir(os.path.join(${python(path)}, each)) and not each.startswith("."))`,
    `features, labels = read_images(${python(path)}, classes, ${mode})`,
    'test_from = None',
  ]
  if (testPath !== undefined) {
    lines.push(`test, test_labels = read_images(${python(testPath)}, [each for each in classes if os.path.isdir(os.path.join(${python(testPath)}, each))], ${mode})`)
    lines.push('test_from = len(features)', 'features, labels = np.concatenate([features, test]), np.concatenate([labels, test_labels])')
  }
  if (options.shape === 'flat') lines.push('features = features.reshape(len(features), -1)')
  return loadRows(indent([...lines, 'return features, labels, test_from'].join('\n')), 'Needs Pillow.', ['import os', 'from PIL import Image'], [READ_IMAGES])
}

/** `length` is that of the plan's samples: it may depend on the file. */
function sequenceCsv(options: Options, classes: boolean, sample: readonly number[]): DataCode {
  const { path, target, id, time, stride, horizon, ignore } = options as { path: string; target: string; id?: string; time?: string; stride: number; horizon: number; ignore: readonly string[] }
  const length = python(sample[0])
  const left = pythonList([target, ...(id === undefined ? [] : [id]), ...(time === undefined ? [] : [time]), ...ignore])
  const ordered = time === undefined ? [] : [`table = table.sort_values(${python(time)}, kind="stable")`]
  const chosen = `names = [name for name in table.columns if name not in ${left}]`
  const body =
    id === undefined
      ? [
          ...(classes ? [] : [`names.append(${python(target)})`]),
          `starts = np.arange(0, len(table) - ${length} - ${python(horizon)} + 1, ${python(stride)})`,
          `features = table[names].to_numpy(float)[starts[:, None] + np.arange(${length})]`,
          `targets = table[${python(target)}].to_numpy()[starts + ${length} - 1 + ${python(horizon)}]`,
        ]
      : [
          `groups = [group for _, group in table.groupby(${python(id)}, sort=False)]`,
          'groups.sort(key=lambda group: group.index.min())',
          `features = np.zeros((len(groups), ${length}, len(names)))`,
          'for sample, group in enumerate(groups):',
          `    rows = group[names].to_numpy(float)[-${length}:]`,
          '    features[sample, len(features[sample]) - len(rows) :] = rows',
          `targets = np.array([group[${python(target)}].iloc[-1] for group in groups])`,
        ]
  const answers = classes ? 'class_numbers(targets)' : 'targets.reshape(-1, 1)'
  return loadRows(indent([`table = pd.read_csv(${python(path)}, sep=None, engine="python")`, ...ordered, chosen, ...body, `return features, ${answers}, None`].join('\n')), 'Needs pandas.', ['import pandas as pd'], classes ? [CLASS_NUMBERS] : [])
}

function text(options: Options): DataCode {
  const { path = 'sonnets.txt', sequenceLength, targets, stride, lowercase, encoding } = options as { path?: string; sequenceLength: number; targets: 'last' | 'every'; stride: number; lowercase: boolean; encoding: string }
  const lines = [
    `with open(${python(path)}, encoding=${python(encoding)}, newline="") as file:`,
    `    text = file.read().removeprefix("\\ufeff").replace("\\r\\n", "\\n")${lowercase ? '.lower()' : ''}`,
    'characters = {character: number for number, character in enumerate(sorted(set(text)))}',
    'codes = np.array([characters[character] for character in text])',
    `starts = np.arange(0, len(codes) - ${python(sequenceLength)}, ${python(stride)})`,
    `places = starts[:, None] + np.arange(${python(sequenceLength)})`,
    `return codes[places], codes[${targets === 'every' ? 'places + 1' : `starts + ${python(sequenceLength)}`}], None`,
  ]
  return loadRows(indent(lines.join('\n')), options.path === undefined ? 'Needs sonnets.txt beside this script (Descent brings it in resources/data).' : null)
}

/** By type of data set; `classes`: whether the targets are; `sample`: the shape of one. */
export const ARRAYS: Readonly<Record<string, (options: Options, classes: boolean, sample: readonly number[]) => DataCode>> = { digits, iris, idx, npy, 'image-folder': imageFolder, text, 'sequence-csv': sequenceCsv }
