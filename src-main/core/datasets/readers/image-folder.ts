import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { MAX_VALUES } from '@shared/catalog/datasets'
import { imageFolder } from '@shared/catalog/datasets/image-folder'
import { issue, IssueError, refuse, type Issue } from '@shared/spec/issue'
import { findFolder, orRefuse } from '../files'
import { decodeImage, type DecodedImage } from './image-file'
import { readerOf } from './reader'

const IMAGE = /\.(?:png|jpe?g)$/i
const MAX_ISSUES = 20

interface ImageEntry {
  /** As the user would name it: relative to the document. */
  readonly name: string
  readonly path: string
  readonly label: number
  readonly field: Issue['path']
}

interface ClassFolder {
  readonly className: string
  readonly files: readonly string[]
}

export const imageFolderReader = readerOf(imageFolder, async (options, { baseDirectory }) => {
  const train = await listClasses(options.path, baseDirectory, ['dataset', 'path'])
  const test = options.testPath === undefined ? [] : await listClasses(options.testPath, baseDirectory, ['dataset', 'testPath'])
  const classNames = train.map((folder) => folder.className)
  const stranger = test.find((folder) => !classNames.includes(folder.className))
  if (stranger !== undefined) refuse('image-folder-other-class', ['dataset', 'testPath'], { folder: options.testPath ?? '', class: stranger.className })

  const entriesOf = (root: string, folders: readonly ClassFolder[], field: Issue['path']): ImageEntry[] =>
    folders.flatMap(({ className, files }) =>
      files.map((file) => ({ name: `${root}/${className}/${file}`, path: path.resolve(baseDirectory, root, className, file), label: classNames.indexOf(className), field })),
    )
  const trainEntries = entriesOf(options.path, train, ['dataset', 'path'])
  const entries = [...trainEntries, ...entriesOf(options.testPath ?? '', test, ['dataset', 'testPath'])]
  const channels = options.channels === 'rgb' ? 3 : 1
  const { data, width, height } = await readImages(entries, channels)
  return {
    rows: entries.length,
    features: { kind: 'dense', shape: options.shape === 'image' ? [channels, height, width] : [channels * height * width], data },
    targets: { kind: 'class', labels: Int32Array.from(entries, (entry) => entry.label), classNames },
    ...(options.testPath === undefined ? {} : { testFrom: trainEntries.length }),
  }
})

/** Folders with images, by name; files and folders that start with a dot are passed over. */
async function listClasses(root: string, baseDirectory: string, field: Issue['path']): Promise<ClassFolder[]> {
  const full = await findFolder(root, baseDirectory, field)
  const inside = await orRefuse(readdir(full, { withFileTypes: true }), root, full, field)
  const names = inside.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map((entry) => entry.name)
  if (names.length === 0) refuse('image-folder-no-classes', field, { folder: root })
  const folders: ClassFolder[] = []
  for (const className of names.sort()) {
    const folder = path.join(full, className)
    const files = (await orRefuse(readdir(folder), `${root}/${className}`, folder, field)).filter((file) => IMAGE.test(file) && !file.startsWith('.')).sort()
    if (files.length === 0) refuse('image-folder-empty-class', field, { folder: `${root}/${className}` })
    folders.push({ className, files })
  }
  return folders
}

/** Decodes every image into one array, channels first; the first good one sets the size. */
async function readImages(entries: readonly ImageEntry[], channels: 1 | 3): Promise<{ data: Uint8Array; width: number; height: number }> {
  const issues: Issue[] = []
  let first: { readonly name: string; readonly width: number; readonly height: number } | null = null
  let data = new Uint8Array(0)
  for (const [index, entry] of entries.entries()) {
    const image = await readImage(entry)
    if (image === null) issues.push(issue('image-undecodable', entry.field, { file: entry.name }))
    else {
      const { width, height } = image
      if (first === null) {
        first = { name: entry.name, width, height }
        const values = entries.length * channels * width * height
        if (values > MAX_VALUES) refuse('data-too-large', ['dataset'], { rows: entries.length, features: channels * width * height, limit: MAX_VALUES })
        data = new Uint8Array(values)
      }
      if (width !== first.width || height !== first.height) {
        issues.push(issue('image-other-size', entry.field, { file: entry.name, size: `${width}×${height}`, first: first.name, expected: `${first.width}×${first.height}` }))
      } else writePixels(image, channels, data.subarray(index * channels * width * height))
    }
    if (issues.length >= MAX_ISSUES) break
  }
  if (issues.length > 0 || first === null) throw new IssueError(issues)
  return { data, width: first.width, height: first.height }
}

/** Null where the bytes are no image that can be decoded. */
async function readImage(entry: ImageEntry): Promise<DecodedImage | null> {
  const bytes = await orRefuse(readFile(entry.path), entry.name, entry.path, entry.field)
  try {
    return decodeImage(bytes)
  } catch {
    return null
  }
}

/** Interleaved pixels to planes; gray is ITU-R 601 luma, as Pillow's mode L. */
function writePixels({ width, height, channels, data }: DecodedImage, wanted: 1 | 3, out: Uint8Array): void {
  const size = width * height
  const color = channels >= 3
  for (let pixel = 0; pixel < size; pixel++) {
    const at = pixel * channels
    const [red, green, blue] = color ? [data[at], data[at + 1], data[at + 2]] : [data[at], data[at], data[at]]
    if (wanted === 1) out[pixel] = color ? Math.round((299 * red + 587 * green + 114 * blue) / 1000) : red
    else {
      out[pixel] = red
      out[size + pixel] = green
      out[2 * size + pixel] = blue
    }
  }
}
