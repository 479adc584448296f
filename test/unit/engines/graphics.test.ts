import { expect, it } from 'vitest'
import { graphicsMissing } from '@main/engines/onnx/graphics'

it('is not asked where systems have drivers of their own, nor where one is named', () => {
  expect(graphicsMissing('darwin', {})).toBeNull()
  expect(graphicsMissing('win32', {})).toBeNull()
  expect(graphicsMissing('linux', { VK_ICD_FILENAMES: '/opt/driver.json' })).toBeNull()
})

it('names the files that it looked for', () => {
  const found = graphicsMissing('linux', { VK_DRIVER_FILES: '' })
  // This machine may have one.
  if (found !== null) expect(found).toEqual({ code: 'engine-graphics-missing', path: [], args: { files: '/dev/dri/renderD*, /dev/nvidiactl, /dev/dxg' } })
})
