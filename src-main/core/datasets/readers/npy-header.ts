import { refuse, type Issue } from '@shared/spec/issue'
import { checkSize, type ArrayFile } from './array-file'
import type { ByteReader } from './byte-reader'
import { float16, float32, float64, int16, int32, int64, int8, uint16, uint32, uint64, uint8, type ScalarType } from './scalars'

const TYPES: ReadonlyMap<string, ScalarType> = new Map([
  ['b1', uint8],
  ['u1', uint8],
  ['i1', int8],
  ['u2', uint16],
  ['i2', int16],
  ['u4', uint32],
  ['i4', int32],
  ['u8', uint64],
  ['i8', int64],
  ['f2', float16],
  ['f4', float32],
  ['f8', float64],
])
const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]
/** NumPy writes 64 to some hundred bytes; far more is no header. */
const MAX_HEADER = 2 ** 16
const MAX_RANK = 8

/** Reads and checks the header of an NPY array (format 1.0, 2.0 and 3.0); the values follow in `reader`. */
export async function openNpy(reader: ByteReader, name: string, field: Issue['path']): Promise<ArrayFile> {
  const start = await exactly(reader, 8, name, field)
  if (!MAGIC.every((byte, at) => start[at] === byte)) refuse('npy-magic', field, { file: name, found: Array.from(start.subarray(0, 6), (byte) => byte.toString(16).padStart(2, '0')).join(' ') })
  const major = start[6]
  if (major < 1 || major > 3) refuse('npy-version', field, { file: name, version: `${major}.${start[7]}` })
  const lengthBytes = await exactly(reader, major === 1 ? 2 : 4, name, field)
  const view = new DataView(lengthBytes.buffer)
  const length = major === 1 ? view.getUint16(0, true) : view.getUint32(0, true)
  if (length > MAX_HEADER) refuse('npy-header', field, { file: name })
  const text = new TextDecoder('latin1').decode(await exactly(reader, length, name, field))
  const array: ArrayFile = { name, field, ...parseHeader(text, name, field), reader }
  checkSize(array, 8 + lengthBytes.length + length)
  return array
}

/** `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }` */
function parseHeader(text: string, name: string, field: Issue['path']): Pick<ArrayFile, 'shape' | 'type' | 'littleEndian'> {
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1]
  const dimensions = /'shape'\s*:\s*\(([\d,\sL]*)\)/.exec(text)?.[1]
  if (!/'descr'\s*:/.test(text) || order === undefined || dimensions === undefined) refuse('npy-header', field, { file: name })
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1] ?? 'structured'
  const type = TYPES.get(descr.replace(/^[<>=|]/, ''))
  if (type === undefined) refuse('npy-type', field, { file: name, type: descr.slice(0, 40) })
  const shape = dimensions.split(',').map((part) => part.replace('L', '').trim()).filter((part) => part !== '').map(Number)
  if (shape.length === 0 || shape.length > MAX_RANK) refuse('npy-rank', field, { file: name, rank: shape.length })
  if (order === 'True' && shape.length > 1) refuse('npy-fortran-order', field, { file: name })
  return { shape, type, littleEndian: !descr.startsWith('>') }
}

async function exactly(reader: ByteReader, length: number, name: string, field: Issue['path']): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(length)
  if ((await reader.fill(bytes)) < length) refuse('npy-header', field, { file: name })
  return bytes
}
