import { MAX_UPLOAD_BYTES } from '@shared/protocol/contract'
import { success, type Result } from '@shared/spec'
import { useConnection } from '@renderer/stores/connection'

/** Files of data, wherever the window runs. */
export function useFiles(): {
  /** Whether the system's dialog can be asked; otherwise the page's own chooser and `upload`. */
  readonly dialogs: boolean
  open(kind: 'data' | 'folder'): Promise<string | null>
  /** Brings files into the data directory; returns the path for the document: of the file, or of the folder they lie in. */
  upload(files: readonly File[], folder: boolean, progress: (done: number) => void): Promise<Result<string> | 'too-large'>
} {
  const connection = useConnection()

  async function open(kind: 'data' | 'folder'): Promise<string | null> {
    return (await connection.request('files.open', { kind }))?.path ?? null
  }

  async function upload(files: readonly File[], folder: boolean, progress: (done: number) => void): Promise<Result<string> | 'too-large'> {
    if (files.some(({ size }) => size > MAX_UPLOAD_BYTES)) return 'too-large'
    let last = ''
    for (const [index, file] of files.entries()) {
      const name = folder ? file.webkitRelativePath : file.name
      const stored = await connection.request('files.upload', { name, content: new Uint8Array(await file.arrayBuffer()) })
      if (!stored.ok) return stored
      last = stored.value.path
      progress(index + 1)
    }
    return success(folder ? (last.split('/')[0] ?? last) : last)
  }

  return { dialogs: window.descentHost !== undefined, open, upload }
}
