import { defineAsyncComponent, type AsyncComponentLoader, type Component } from 'vue'
import type { Room } from '@renderer/stores/frame'

/** In the order in which people enter them. */
const loaders: Readonly<Record<Room, AsyncComponentLoader<Component>>> = {
  build: () => import('@renderer/views/build/BuildRoom.vue'),
  train: () => import('@renderer/views/train/TrainRoom.vue'),
  runs: () => import('@renderer/views/runs/RunsRoom.vue'),
  compare: () => import('@renderer/views/compare/CompareRoom.vue'),
  replay: () => import('@renderer/views/replay/ReplayRoom.vue'),
  lab: () => import('@renderer/views/lab/LabRoom.vue'),
  devices: () => import('@renderer/views/devices/DevicesRoom.vue'),
}

/** Every room's view, loaded when it is first entered: the first one shown is all that start-up waits for. */
export const roomViews = Object.fromEntries(Object.entries(loaders).map(([room, load]) => [room, defineAsyncComponent(load)])) as Readonly<Record<Room, Component>>

/** Loads the other rooms one by one while there is nothing else to do, so that entering one waits for nothing. */
export async function loadRoomsWhenIdle(): Promise<void> {
  for (const load of Object.values(loaders)) {
    await new Promise((resolve) => requestIdleCallback(resolve))
    await load()
  }
}
