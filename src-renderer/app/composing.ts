import { useEventListener } from '@vueuse/core'

/**
 * While an input method composes (pinyin to Chinese characters), its keys are its own: Enter takes what was typed, Escape
 * drops it, arrows choose. Nothing of the window hears them.
 */
export function useUndisturbedComposing(): void {
  useEventListener(window, 'keydown', (event) => {
    if (event.isComposing) event.stopImmediatePropagation()
  }, { capture: true })
}
