import { open } from 'node:fs/promises'
import { MAX_DOCUMENT_CHARACTERS } from '@shared/spec'

/** More than any document may have: whoever parses what was read says so. */
const MOST_BYTES = 4 * MAX_DOCUMENT_CHARACTERS + 4

/** A document's text; of a file that is far too large for one, only its beginning is read. */
export async function readDocumentText(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(Math.min(MOST_BYTES, (await file.stat()).size))
    let filled = 0
    while (filled < buffer.length) {
      const { bytesRead } = await file.read(buffer, filled, buffer.length - filled, filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return buffer.toString('utf8', 0, filled)
  } finally {
    await file.close()
  }
}
