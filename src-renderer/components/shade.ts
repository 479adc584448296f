import { shallowRef } from 'vue'
import { onDark } from '@renderer/charts/on-dark'

/** Whether the dark theme is shown; the settings say so. */
export const isDark = shallowRef(false)

/** The shade of a run's or racer's color that the theme shows. */
export function shade(color: string): string {
  return isDark.value ? onDark(color) : color
}
