import { styleText } from 'node:util'
import { fill } from '@shared/locales/fill'
import { formatIssue, type Language } from '@shared/locales/issues'
import type { Text } from '@shared/catalog/definition'
import type { Issue } from '@shared/spec'
import { TEXT } from './text'

export interface Streams {
  readonly output: NodeJS.WriteStream
  readonly errors: NodeJS.WriteStream
}

type Style = Parameters<typeof styleText>[0]

/** Where a command writes: results to the output, everything about them to the errors' stream. */
export class Screen {
  constructor(
    readonly language: Language,
    readonly streams: Streams,
  ) {}

  /** The text in the user's language. */
  say(text: Text, values: Readonly<Record<string, string | number>> = {}): string {
    return fill(text[this.language], values)
  }

  print(line: string): void {
    this.streams.output.write(`${line}\n`)
  }

  printJson(value: unknown): void {
    this.print(JSON.stringify(value))
  }

  remark(line: string): void {
    this.streams.errors.write(`${line}\n`)
  }

  /** Colored where the errors' stream is a terminal that shows colors. */
  paint(style: Style, text: string): string {
    return styleText(style, text, { stream: this.streams.errors })
  }

  /** Every problem with its place in the document and the fix. */
  reportIssues(issues: readonly Issue[]): void {
    for (const each of issues) {
      const place = showPath(each.path)
      const words = formatIssue(each, this.language)
      this.remark(`${this.paint('red', this.say(TEXT.problem))}: ${place === '' ? '' : `${this.paint('bold', place)}: `}${words}`)
    }
  }
}

/** `model.nodes[2].units`. */
export function showPath(path: Issue['path']): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${String(part)}]` : `${index === 0 ? '' : '.'}${part}`)).join('')
}

/** An issue for programs: with its words. */
export function issueJson(each: Issue, language: Language): object {
  return { code: each.code, path: each.path, args: each.args, message: formatIssue(each, language) }
}
