import { createI18n } from 'vue-i18n'
import { RUN_STATUS_WORDS } from '@shared/locales/run-status'
import { commands } from './commands'
import { compare } from './compare'
import { devices } from './devices'
import { diagnostics } from './diagnostics'
import { distillation } from './distillation'
import { exports } from './exports'
import { tour } from './tour'
import { build } from './build'
import { form } from './form'
import { frame } from './frame'
import { lessons } from './lessons'
import { lab } from './lab'
import { replay } from './replay'
import { runs } from './runs'
import { texts } from './texts'
import { train } from './train'
import type { AreaMessages, Language } from './messages'

export type { Language } from './messages'

/** Every area of the window: one line each; texts are `area.key`. */
export const areas = { build, form, commands, compare, devices, diagnostics, distillation, exports, frame, lab, lessons, replay, runs, status: RUN_STATUS_WORDS, texts, tour, train } as const satisfies Readonly<Record<string, AreaMessages>>

function inLanguage(language: Language): Record<string, Record<string, string>> {
  return Object.fromEntries(
    Object.entries(areas).map(([area, messages]: [string, AreaMessages]) => [
      area,
      Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, text[language]])),
    ]),
  )
}

export const translations = createI18n({
  legacy: false,
  locale: 'en',
  fallbackLocale: 'en',
  messages: { en: inLanguage('en'), 'zh-CN': inLanguage('zh-CN') },
})

export function createTranslations(): typeof translations {
  return translations
}
