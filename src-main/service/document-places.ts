import { dirname, isAbsolute, join } from 'node:path'
import { success, type Result } from '@shared/spec/issue'
import { FILES_FOLDER, type ServiceOptions } from './context'
import { confineFiles, type NamesFiles } from './data-paths'
import type { WorkspaceFile } from './requests/workspace'

/** Where a document's relative paths start, and how far they reach. */
export class DocumentPlaces {
  constructor(
    private readonly options: ServiceOptions,
    private readonly workspace: WorkspaceFile,
  ) {}

  /** The folder of the document's file, or of where it came from, on the desktop; the uploaded files for new documents and in browsers. */
  baseDirectory(tab: string | null, file: string | null | undefined): string {
    const known = this.workspace.current().tabs.find(({ id }) => id === tab)
    const path = file === undefined ? (known?.file ?? known?.origin) : file
    if (this.options.desktop === null || path === null || path === undefined || !isAbsolute(path)) return this.#files
    return dirname(path)
  }

  /** Issues `files-outside` in browsers; the desktop's documents are the person's own. */
  async confine(document: NamesFiles, baseDirectory: string): Promise<Result<null>> {
    if (this.options.desktop !== null) return success(null)
    return await confineFiles(document, baseDirectory, [this.#files, join(this.options.resourcesDirectory, 'data')])
  }

  get #files(): string {
    return join(this.options.dataDirectory, FILES_FOLDER)
  }
}
