import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { z } from 'zod'
import { refuse } from '@shared/spec/issue'

/**
 * A small JSON file kept in memory. Writes replace the file whole, so that a crash leaves the old or the new one; a file
 * that cannot be read as what it should be is kept beside under another name and the default takes its place.
 */
export class JsonFile<S extends z.ZodType> {
  #value: z.output<S>
  /** The write under way, and the one that follows it with whatever is newest then. */
  #writing: Promise<void> | null = null
  #next: Promise<void> | null = null

  private constructor(
    private readonly path: string,
    value: z.output<S>,
  ) {
    this.#value = value
  }

  /** Throws `files-unusable`. */
  static async open<S extends z.ZodType>(path: string, schema: S, initial: z.output<S>, now: () => number): Promise<JsonFile<S>> {
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      return refuse('files-unusable', [], { path, reason: error.message })
    })
    if (text === null) return new JsonFile<S>(path, initial)
    const parsed = schema.safeParse(parseJson(text))
    if (parsed.success) return new JsonFile<S>(path, parsed.data)
    await rename(path, `${path}.damaged-${String(now())}`).catch((error: NodeJS.ErrnoException) => refuse('files-unusable', [], { path, reason: error.message }))
    return new JsonFile<S>(path, initial)
  }

  get value(): z.output<S> {
    return this.#value
  }

  /** Resolves when the value, or a newer one, is in the file. */
  async write(value: z.output<S>): Promise<void> {
    this.#value = value
    if (this.#writing === null) return await this.#begin()
    this.#next ??= this.#writing.catch(() => undefined).then(() => {
      this.#next = null
      return this.#begin()
    })
    return await this.#next
  }

  #begin(): Promise<void> {
    this.#writing = replaceFile(this.path, JSON.stringify(this.#value, null, 1)).finally(() => {
      this.#writing = null
    })
    return this.#writing
  }
}

let made = 0

/** Writes beside, syncs, renames. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const temporary = `${path}.part-${String(process.pid)}-${String(made++)}`
  try {
    const file = await open(temporary, 'w')
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw error
  }
}

/** Undefined for what is no JSON, which no schema here takes. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
