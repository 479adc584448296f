import type { Language } from '@shared/locales/issues'

/** The language of everything printed: `--lang` wherever it stands, else the locale of the environment, else English. */
export function chooseLanguage(args: readonly string[], environment: Readonly<Record<string, string | undefined>>): Language {
  // An empty variable is as good as none, by POSIX.
  return languageOf(givenLanguage(args) ?? (environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || ''))
}

function givenLanguage(args: readonly string[]): string | undefined {
  const joined = args.find((arg) => arg.startsWith('--lang='))
  if (joined !== undefined) return joined.slice('--lang='.length)
  const at = args.indexOf('--lang')
  return at < 0 ? undefined : args[at + 1]
}

/** `zh_CN.UTF-8`, `zh-Hans`, `zh` are Chinese; all else is English. */
function languageOf(locale: string): Language {
  return /^zh([-_.@]|$)/i.test(locale) ? 'zh-CN' : 'en'
}
