import { inflateSync } from 'node:zlib'
import { convertIndexedToRgb, decode as decodePng, type DecodedPng } from 'fast-png'
import { decode as decodeJpeg } from 'jpeg-js'

/** Pixels as 8-bit values, interleaved by pixel. */
export interface DecodedImage {
  readonly width: number
  readonly height: number
  /** 1 gray, 2 gray + alpha, 3 RGB, 4 RGBA. */
  readonly channels: number
  readonly data: Uint8Array
}

/** Larger images are refused before they are decoded. */
const MAX_PIXELS = 2 ** 26
/** Compressed data beyond this is test-inflated within its bound first, so that it cannot blow up. */
const SMALL_FILE = 2 ** 16
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** Decodes a PNG or JPEG, told apart by content. Throws on anything it cannot decode. */
export function decodeImage(bytes: Uint8Array): DecodedImage {
  const image = PNG.every((byte, at) => bytes[at] === byte) ? pngImage(bytes) : jpegImage(bytes)
  const { width, height, channels, data } = image
  if (width === 0 || height === 0 || data.length !== width * height * channels) throw new Error('incomplete image')
  return image
}

function jpegImage(bytes: Uint8Array): DecodedImage {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) throw new Error('neither PNG nor JPEG')
  const { width, height, data } = decodeJpeg(bytes, { useTArray: true, formatAsRGBA: false, tolerantDecoding: false, maxResolutionInMP: MAX_PIXELS / 1e6, maxMemoryUsageInMB: 1024 })
  return { width, height, channels: 3, data }
}

function pngImage(bytes: Uint8Array): DecodedImage {
  checkPng(bytes)
  const png = decodePng(bytes, { checkCrc: true })
  const { width, height } = png
  if (png.palette !== undefined) return { width, height, channels: png.palette[0].length, data: convertIndexedToRgb(png) }
  return { width, height, channels: png.channels, data: png.depth < 8 ? unpackGray(png) : toBytes(png) }
}

function toBytes({ data, depth }: DecodedPng): Uint8Array {
  return depth === 16 ? Uint8Array.from(data, (value) => value >> 8) : new Uint8Array(data.buffer, data.byteOffset, data.length)
}

/** Gray values of 1, 2 or 4 bits, rows padded to bytes, spread to 0…255. */
function unpackGray({ data, width, height, depth }: DecodedPng): Uint8Array {
  const rowBytes = Math.ceil((width * depth) / 8)
  const most = 2 ** depth - 1
  const out = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * depth
      out[y * width + x] = (((data[y * rowBytes + (bit >> 3)] >> (8 - depth - (bit & 7))) & most) * 255) / most
    }
  }
  return out
}

/** Refuses headers of absurd size and data that inflates beyond the image it should hold. */
function checkPng(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [width, height] = [view.getUint32(16), view.getUint32(20)]
  if (width * height > MAX_PIXELS) throw new Error('image too large')
  if (bytes.length <= SMALL_FILE) return
  const parts: Uint8Array[] = []
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = view.getUint32(at + 4)
    const content = bytes.subarray(at + 8, at + 8 + view.getUint32(at))
    if (type === ICCP && content.length > SMALL_FILE) throw new Error('color profile too large')
    if (type === IDAT) parts.push(content)
  }
  // At most 8 bytes per pixel, and a filter byte per row, seven times over when interlaced.
  inflateSync(Buffer.concat(parts), { maxOutputLength: width * height * 8 + height * 8 + 64 })
}

const IDAT = 0x49444154
const ICCP = 0x69434350
