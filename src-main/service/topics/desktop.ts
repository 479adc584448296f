import type { Desktop } from '../context'
import type { Topics } from '../handlers'

export function desktopTopic(desktop: Desktop | null): Topics<'desktop'>['desktop'] {
  return (_filter, emit) => desktop?.subscribe(emit) ?? (() => undefined)
}
