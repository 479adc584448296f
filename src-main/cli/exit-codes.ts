/** What the process ends with; part of the command line's contract. */
export const EXIT = {
  done: 0,
  /** The run failed, or the program did. */
  failed: 1,
  /** Something given was wrong: the command line, the document, the data. Nothing was written. */
  invalid: 2,
  /** Stopped by a signal; `resume` continues. */
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
