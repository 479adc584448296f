import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { isDark } from '@renderer/components/shade'
import { translations, type Language } from '@renderer/locales'
import { useConnection } from './connection'

export type Theme = 'light' | 'dark' | 'system'

/** What the person chose, kept by the host: the page's own storage would be lost with the port number. */
export const useSettings = defineStore('settings', () => {
  const connection = useConnection()
  const values = ref<Record<string, unknown>>({})
  const systemDark = ref(matchMedia('(prefers-color-scheme: dark)').matches)
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => (systemDark.value = event.matches))

  const theme = setting<Theme>('theme', 'system', (value) => value === 'light' || value === 'dark' || value === 'system')
  const language = setting<Language>('language', navigator.language.startsWith('zh') ? 'zh-CN' : 'en', (value) => value === 'en' || value === 'zh-CN')
  const dark = computed(() => theme.value === 'dark' || (theme.value === 'system' && systemDark.value))

  /** A value that is written back when it changes; what does not satisfy `valid` is replaced by the default. */
  function setting<T>(key: string, initial: T, valid: (value: unknown) => boolean) {
    return computed<T>({
      get: () => (valid(values.value[key]) ? (values.value[key] as T) : initial),
      set: (value) => {
        values.value = { ...values.value, [key]: value }
        void connection.request('settings.write', { key, value: value as never })
      },
    })
  }

  async function load(): Promise<void> {
    values.value = { ...(await connection.request('settings.read', {})) }
  }

  watch(
    dark,
    (value) => {
      document.documentElement.classList.toggle('dark', value)
      isDark.value = value
    },
    { immediate: true },
  )
  watch(
    language,
    (value) => {
      translations.global.locale.value = value
      document.documentElement.lang = value
    },
    { immediate: true },
  )

  return { theme, language, dark, setting, load }
})
