/** How one number is stored in IDX and NPY files. */
export interface ScalarType {
  readonly name: string
  readonly bytes: number
  readonly integer: boolean
  read(view: DataView, at: number, littleEndian: boolean): number
}

function scalar(name: string, bytes: number, integer: boolean, read: ScalarType['read']): ScalarType {
  return { name, bytes, integer, read }
}

export const uint8 = scalar('uint8', 1, true, (view, at) => view.getUint8(at))
export const int8 = scalar('int8', 1, true, (view, at) => view.getInt8(at))
export const uint16 = scalar('uint16', 2, true, (view, at, little) => view.getUint16(at, little))
export const int16 = scalar('int16', 2, true, (view, at, little) => view.getInt16(at, little))
export const uint32 = scalar('uint32', 4, true, (view, at, little) => view.getUint32(at, little))
export const int32 = scalar('int32', 4, true, (view, at, little) => view.getInt32(at, little))
/** Beyond 2⁵³ rounded to the nearest float64. */
export const uint64 = scalar('uint64', 8, true, (view, at, little) => Number(view.getBigUint64(at, little)))
export const int64 = scalar('int64', 8, true, (view, at, little) => Number(view.getBigInt64(at, little)))
export const float16 = scalar('float16', 2, false, (view, at, little) => halfToNumber(view.getUint16(at, little)))
export const float32 = scalar('float32', 4, false, (view, at, little) => view.getFloat32(at, little))
export const float64 = scalar('float64', 8, false, (view, at, little) => view.getFloat64(at, little))

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
