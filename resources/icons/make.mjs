// Makes the packages' icons from src-renderer/public/icon.svg: icon.png (Linux), icon.ico (Windows), icon.icns (macOS).
// node resources/icons/make.mjs; needs the Chromium of the end-to-end tests.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright'

const here = import.meta.dirname
const svg = readFileSync(join(here, '../../src-renderer/public/icon.svg'), 'utf8')

async function render(page, size) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<body style="margin:0">${svg.replace('<svg', `<svg width="${size}" height="${size}"`)}</body>`)
  return page.screenshot({ omitBackground: true })
}

/** A directory of PNG images: 6 bytes of head, 16 for each entry. */
function ico(images) {
  const head = Buffer.alloc(6 + 16 * images.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(images.length, 4)
  let offset = head.length
  images.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index
    head.writeUInt8(size % 256, at)
    head.writeUInt8(size % 256, at + 1)
    head.writeUInt16LE(1, at + 4)
    head.writeUInt16LE(32, at + 6)
    head.writeUInt32LE(png.length, at + 8)
    head.writeUInt32LE(offset, at + 12)
    offset += png.length
  })
  return Buffer.concat([head, ...images.map(({ png }) => png)])
}

/** Apple's container: a type of four letters and a big-endian length before each image. */
function icns(images) {
  const entry = (type, content) => {
    const head = Buffer.alloc(8)
    head.write(type, 'latin1')
    head.writeUInt32BE(content.length + 8, 4)
    return Buffer.concat([head, content])
  }
  const types = { 128: 'ic07', 256: 'ic08', 512: 'ic09', 1024: 'ic10' }
  return entry('icns', Buffer.concat(images.map(({ size, png }) => entry(types[size], png))))
}

const browser = await chromium.launch({ executablePath: process.env.DESCENT_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
const page = await browser.newPage()
const images = new Map()
for (const size of [16, 32, 48, 128, 256, 512, 1024]) images.set(size, { size, png: await render(page, size) })
await browser.close()
const some = (...sizes) => sizes.map((size) => images.get(size))
writeFileSync(join(here, 'icon.png'), images.get(512).png)
writeFileSync(join(here, 'icon.ico'), ico(some(16, 32, 48, 256)))
writeFileSync(join(here, 'icon.icns'), icns(some(128, 256, 512, 1024)))
