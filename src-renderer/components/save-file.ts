import type { useConnection } from '@renderer/stores/connection'

interface MadeFile {
  readonly name: string
  readonly mediaType: string
  readonly content: Uint8Array
}

/** Hands a file to the person: through the system's dialog in Electron, as a download in a browser. */
export async function saveFile(connection: ReturnType<typeof useConnection>, { name, mediaType, content }: MadeFile): Promise<void> {
  if (window.descentHost !== undefined) {
    await connection.request('files.save', { path: null, suggestedName: name, content: Uint8Array.from(content) })
    return
  }
  downloadFile({ name, mediaType, content: Uint8Array.from(content) })
}

/** The browser's way. */
export function downloadFile({ name, mediaType, content }: { readonly name: string; readonly mediaType: string; readonly content: BlobPart }): void {
  const url = URL.createObjectURL(new Blob([content], { type: mediaType }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has begun: what it reads stays until then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
