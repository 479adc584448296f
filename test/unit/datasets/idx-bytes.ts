/** An IDX file in memory: type byte, lengths, then values as they are. */
export function idxBytes(shape: readonly number[], values: Uint8Array, type = 0x08): Uint8Array {
  const out = new Uint8Array(4 + 4 * shape.length + values.length)
  out.set([0, 0, type, shape.length])
  const view = new DataView(out.buffer)
  shape.forEach((length, axis) => view.setUint32(4 + 4 * axis, length, false))
  out.set(values, 4 + 4 * shape.length)
  return out
}

/** An NPY file in memory, format 1.0, with any header text. */
export function npyBytes(header: string, values: Uint8Array): Uint8Array {
  const text = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11) + '\n'
  const out = new Uint8Array(10 + text.length + values.length)
  out.set([0x93, ...Buffer.from('NUMPY'), 1, 0, text.length & 255, text.length >> 8])
  out.set(Buffer.from(text, 'latin1'), 10)
  out.set(values, 10 + text.length)
  return out
}
