import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
}

export interface WindowFile {
  readonly type: string
  readonly content: Buffer
  /** The same, gzipped by the build; null where that is not worth it. */
  readonly gzip: Buffer | null
  readonly tag: string
  /** Its name holds the hash of its content: it never changes. */
  readonly lasting: boolean
}

/**
 * The built window. Only files that were listed can be asked for: no name leads anywhere else. They stay in memory (a few
 * megabytes), and are listed anew when the window was built anew.
 */
export class WindowFiles {
  #builtAt = -1
  #names = new Set<string>()
  readonly #files = new Map<string, WindowFile>()

  constructor(private readonly directory: string) {}

  /** By the address's path without its first slash; null where there is none. */
  find(name: string): WindowFile | null {
    this.#refresh()
    if (!this.#names.has(name)) return null
    let file = this.#files.get(name)
    if (file === undefined) this.#files.set(name, (file = this.#read(name)))
    return file
  }

  #refresh(): void {
    const builtAt = statSync(join(this.directory, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? -1
    if (builtAt === this.#builtAt) return
    this.#builtAt = builtAt
    this.#files.clear()
    this.#names = new Set(builtAt < 0 ? [] : listFiles(this.directory).filter((name) => Object.hasOwn(TYPES, extname(name))))
  }

  #read(name: string): WindowFile {
    const content = readFileSync(join(this.directory, name))
    const gzipped = join(this.directory, `${name}.gz`)
    return {
      type: TYPES[extname(name)],
      content,
      gzip: statSync(gzipped, { throwIfNoEntry: false }) === undefined ? null : readFileSync(gzipped),
      tag: `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`,
      lasting: name.startsWith('assets/'),
    }
  }
}

/** Below the folder, with forward slashes. */
function listFiles(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1).replaceAll('\\', '/'))
}
