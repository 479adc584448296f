import { defineAsyncComponent, type Component } from 'vue'
import type { Room } from '@renderer/stores/frame'

/** Every room's view, loaded when it is first entered: the first one shown is all that start-up waits for. */
export const roomViews: Readonly<Record<Room, Component>> = {
  build: defineAsyncComponent(() => import('@renderer/views/build/BuildRoom.vue')),
  train: defineAsyncComponent(() => import('@renderer/views/train/TrainRoom.vue')),
  runs: defineAsyncComponent(() => import('@renderer/views/runs/RunsRoom.vue')),
  compare: defineAsyncComponent(() => import('@renderer/views/compare/CompareRoom.vue')),
  replay: defineAsyncComponent(() => import('@renderer/views/replay/ReplayRoom.vue')),
  lab: defineAsyncComponent(() => import('@renderer/views/lab/LabRoom.vue')),
  devices: defineAsyncComponent(() => import('@renderer/views/devices/DevicesRoom.vue')),
}
