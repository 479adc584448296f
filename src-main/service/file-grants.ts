import { join, resolve } from 'node:path'
import { z } from 'zod'
import { JsonFile } from './json-file'

const MAX_GRANTS = 500

/** Documents that the person opened or saved by a dialog or from the desktop: windows may write to these again unasked. */
export class FileGrants {
  private constructor(private readonly file: JsonFile<z.ZodArray<z.ZodString>>) {}

  static async open(dataDirectory: string, now: () => number): Promise<FileGrants> {
    return new FileGrants(await JsonFile.open(join(dataDirectory, 'documents.json'), z.array(z.string()), [], now))
  }

  has(path: string): boolean {
    return this.file.value.includes(resolve(path))
  }

  async add(path: string): Promise<void> {
    const full = resolve(path)
    const others = this.file.value.filter((each) => each !== full)
    // Worth a dialog more if it cannot be written, no more.
    await this.file.write([...others, full].slice(-MAX_GRANTS)).catch(() => undefined)
  }
}
