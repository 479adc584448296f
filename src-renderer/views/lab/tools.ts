import { defineAsyncComponent, type Component } from 'vue'
import type { lab } from '@renderer/locales/lab'

export interface LabTool {
  /** Its key among the Lab's texts. */
  readonly title: keyof typeof lab
  readonly view: Component
}

/** The Lab's instruments: one line each, loaded when they are first opened. */
export const labTools = {
  surfaces: { title: 'surfaces', view: defineAsyncComponent(() => import('./surfaces/SurfacesTool.vue')) },
  range: { title: 'range', view: defineAsyncComponent(() => import('./range/RangeTool.vue')) },
  distillation: { title: 'distillation', view: defineAsyncComponent(() => import('./distillation/DistillationTool.vue')) },
} as const satisfies Readonly<Record<string, LabTool>>

export type LabToolName = keyof typeof labTools
