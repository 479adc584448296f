import type { Definition } from '../definition'

/** A form in which a trained model leaves Descent; what writes it is in `src-main/core/exports`. */
export interface ExporterDefinition extends Pick<Definition, 'type' | 'title' | 'help' | 'source'> {
  /** Of the file's name, with its dot. */
  readonly extension: string
  /** MIME type, for downloads. */
  readonly mediaType: string
}
