import { onDark } from '@renderer/charts/on-dark'
import { useSettings } from '@renderer/stores/settings'

/** The shade of a run's or racer's color that the theme shows. */
export function useShade(): (color: string) => string {
  const settings = useSettings()
  return (color) => (settings.dark ? onDark(color) : color)
}
