import type { Language } from '@shared/locales/issues'

/** What `--lang` takes. */
export const LANGUAGES: readonly Language[] = ['en', 'zh-CN']

/**
 * The language of everything printed: `--lang` wherever it stands, else the locale of the environment, else English. Where
 * `--lang` names one that is not known, the parser refuses it, in the language of the environment.
 */
export function chooseLanguage(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): Language {
  // An empty variable is as good as none, by POSIX.
  return knownLanguage(givenLanguage(args) ?? '') ?? knownLanguage(environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '') ?? 'en'
}

function givenLanguage(args: readonly string[]): string | undefined {
  const joined = args.find((arg) => arg.startsWith('--lang='))
  if (joined !== undefined) return joined.slice('--lang='.length)
  const at = args.indexOf('--lang')
  return at < 0 ? undefined : args[at + 1]
}

/** `zh_CN.UTF-8`, `zh-Hans`, `zh` are Chinese, `en_US` is English; null for all else. */
export function knownLanguage(locale: string): Language | null {
  return LANGUAGES.find((each) => new RegExp(`^${each.slice(0, 2)}([-_.@]|$)`, 'i').test(locale)) ?? null
}
