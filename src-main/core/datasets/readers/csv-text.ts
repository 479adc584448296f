import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { TextDecoder } from 'node:util'
import { CsvError, parse, type Info, type Options } from 'csv-parse'
import { parse as parseSync } from 'csv-parse/sync'
import { refuse } from '@shared/spec/issue'
import { orRefuse, readStart, type SourceFile } from '../files'

/** How bytes become records. */
export interface CsvFormat {
  readonly delimiter: string
  readonly encoding: string
}

export interface CsvRecord {
  readonly cells: readonly string[]
  /** Line it starts on, from 1. */
  readonly line: number
}

const SAMPLE_BYTES = 2 ** 20
const SAMPLE_RECORDS = 1000
const DELIMITERS = [',', ';', '\t', '|']
/** A record beyond this is a quote that was never closed, or not a table. */
const MAX_RECORD_CHARACTERS = 2 ** 25

function parserOptions(delimiter: string): Options {
  return {
    delimiter,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: MAX_RECORD_CHARACTERS,
    // Trimming would swallow empty cells between tabs.
    trim: delimiter !== '\t',
  }
}

/** Every record of the file, in order; throws `IssueError` where the text is no CSV. */
export async function* csvRecords(file: SourceFile, format: CsvFormat): AsyncGenerator<CsvRecord> {
  const parser = parse(parserOptions(format.delimiter))
  const text = Readable.from(decoded(file, format.encoding))
  text.on('error', (error) => parser.destroy(error))
  text.pipe(parser)
  let previous = { lines: 0, empty_lines: 0 }
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      yield { cells: record, line: previous.lines + 1 + info.empty_lines - previous.empty_lines }
      previous = info
    }
  } catch (error) {
    refuseCsvError(error, file, previous.lines + 1)
  } finally {
    text.destroy()
  }
}

function refuseCsvError(error: unknown, file: SourceFile, line: number): never {
  if (!(error instanceof CsvError)) throw error
  refuse(error.code === 'CSV_MAX_RECORD_SIZE' ? 'csv-record-too-long' : 'csv-quote', file.field, { file: file.name, line })
}

/** Text of the file in chunks, without byte order mark. */
async function* decoded(file: SourceFile, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true })
  const chunks = createReadStream(file.path, { highWaterMark: 2 ** 18 })[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  for (let next = await orRefuse(chunks.next(), file.name, file.path, file.field); next.done !== true; next = await orRefuse(chunks.next(), file.name, file.path, file.field)) {
    yield decode(decoder, next.value, file, encoding, true)
  }
  yield decode(decoder, new Uint8Array(0), file, encoding, false)
}

function decode(decoder: TextDecoder, bytes: Uint8Array, file: SourceFile, encoding: string, stream: boolean): string {
  let text: string
  try {
    text = decoder.decode(bytes, { stream })
  } catch {
    refuse('csv-encoding', file.field, { file: file.name, encoding })
  }
  if (text.includes('\0')) refuse('csv-not-text', file.field, { file: file.name })
  return text
}

/** Records from the start of the file, and the format they were read with. */
export interface CsvSample {
  readonly format: CsvFormat
  readonly records: readonly (readonly string[])[]
}

/** Reads the first records; `auto` chooses the delimiter that divides them most evenly. */
export async function sampleCsv(file: SourceFile, delimiter: string, declaredEncoding: string): Promise<CsvSample> {
  const start = await readStart(file, SAMPLE_BYTES)
  const encoding = start[0] === 0xff && start[1] === 0xfe ? 'utf-16le' : declaredEncoding
  const text = decode(new TextDecoder(encoding, { fatal: true }), start, file, encoding, true)
  const cut = start.length < file.bytes
  if (delimiter !== 'auto') return { format: { delimiter, encoding }, records: sampleRecords(text, delimiter, cut) }
  const candidates = DELIMITERS.map((each) => ({ each, records: sampleRecords(text, each, cut) })).map((candidate) => ({ ...candidate, score: evenness(candidate.records) }))
  const best = candidates.reduce((winner, candidate) => (candidate.score > winner.score ? candidate : winner))
  return { format: { delimiter: best.each, encoding }, records: best.records }
}

/** What parses before the sample ends or the first error; the full reading reports errors. */
function sampleRecords(text: string, delimiter: string, cut: boolean): string[][] {
  const records: string[][] = []
  const collect = ({ record }: { record: string[] }): null => {
    records.push(record)
    return null
  }
  try {
    parseSync(text, { ...parserOptions(delimiter), to: SAMPLE_RECORDS, on_record: collect as never })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
  }
  // The last record of a cut sample may be half of one.
  if (cut && records.length > 1 && records.length < SAMPLE_RECORDS) records.pop()
  return records
}

/** Share of records as wide as the first, plus a little for width; 0 for a single column. */
function evenness(records: readonly (readonly string[])[]): number {
  const width = records.at(0)?.length ?? 0
  if (width < 2) return 0
  const even = records.filter((record) => record.length === width).length / records.length
  return even + Math.min(width, 1000) / 1e6
}
