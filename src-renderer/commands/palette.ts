import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** Whether the command palette is open: keys open it, and so does the title bar. */
export const usePalette = defineStore('palette', () => ({ open: shallowRef(false) }))
