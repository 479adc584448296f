import type { Help, Option } from '@commander-js/extra-typings'
import { TEXT } from './text'
import type { Screen } from './screen'

/** The parser speaks English only: what it says, and the same in Chinese. */
const CHINESE: readonly (readonly [said: RegExp, words: string])[] = [
  [/^error: missing required argument '(.+?)'/, '错误：缺少参数“$1”'],
  [/^error: required option '(.+?)' not specified/, '错误：必须给出选项“$1”'],
  [/^error: option '(.+?)' argument missing/, '错误：选项“$1”缺少值'],
  [/^error: option '(.+?)' argument '(.*?)' is invalid\. /, '错误：选项“$1”的值“$2”无效。'],
  [/^error: option '(.+?)' cannot be used with option '(.+?)'/, '错误：选项“$1”不能与“$2”同时使用'],
  [/^error: unknown option '(.+?)'/, '错误：未知选项“$1”'],
  [/^error: unknown command '(.+?)'/, '错误：未知命令“$1”'],
  [/^error: too many arguments(?: for '.+?')?\. Expected (\d+) arguments? but got (\d+): (.*)\.$/m, '错误：参数过多：应为 $1 个，实为 $2 个（$3）。'],
  [/Allowed choices are (.+)\.$/m, '可选值：$1。'],
  [/\(Did you mean (?:one of )?(.+?)\?\)/, '（是否指 $1？）'],
]

export function errorWords({ language }: Screen, said: string): string {
  return language === 'en' ? said : CHINESE.reduce((text, [pattern, words]) => text.replace(pattern, words), said)
}

/** Headings, and defaults where they tell something. */
export function helpWords(screen: Screen): Partial<Help> {
  const headings = new Map(Object.entries({ 'Usage:': TEXT.helpUsage, 'Arguments:': TEXT.helpArguments, 'Options:': TEXT.helpOptions, 'Commands:': TEXT.helpCommands }))
  return {
    styleTitle: (title) => {
      const words = headings.get(title)
      return words === undefined ? title : screen.say(words)
    },
    optionDescription: ({ description, defaultValue }: Option) => (defaultValue === undefined || typeof defaultValue === 'boolean' ? description : description + screen.say(TEXT.helpDefault, { value: String(defaultValue) })),
  }
}
