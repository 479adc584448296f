/** Python that loads a data set. */
export interface DataCode {
  readonly imports: readonly string[]
  /** Definitions; the last is `load_rows()`, or `load_table()` for tables. */
  readonly definitions: readonly string[]
  /** Other rows than Descent's, in words: generators draw their own numbers. */
  readonly remark: string | null
}

/** `load_rows()`: features `[rows, …]`, targets and, where the source brings its own test part, the row it begins at. */
export function loadRows(body: string, remark: string | null = null, imports: readonly string[] = [], definitions: readonly string[] = []): DataCode {
  return { imports, definitions: [...definitions, `def load_rows():\n${body}`], remark }
}
