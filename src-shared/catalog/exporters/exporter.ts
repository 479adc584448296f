import type { Definition } from '../definition'

/** A form in which a run or its trained model leaves Descent; what writes it is in `src-main/core/exports`. */
export interface ExporterDefinition extends Pick<Definition, 'type' | 'title' | 'help' | 'source'> {
  /** `model`: the weights of a checkpoint, so the run needs one. `run`: what was recorded. */
  readonly of: 'model' | 'run'
  /** Of the file's name, with its dot. */
  readonly extension: string
  /** MIME type, for downloads. */
  readonly mediaType: string
}
