import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { resolveOptimizer } from '@shared/catalog/optimizers'
import type { Shape } from '@shared/graph'
import { trainingSchema, type Issue } from '@shared/spec'
import { isObject } from '@renderer/components/form/values'
import { useChecked } from '@renderer/stores/checked'
import { useExperiments } from '@renderer/stores/experiments'
import { useSettings } from '@renderer/stores/settings'
import { analyze, totalsOf, type Totals } from './cost'
import { nodesOfIssue, readScene, type Position, type Scene } from './model'
import { placesOf } from './layout'

export type BuildView = 'canvas' | 'list' | 'json'

/** Something to bring into sight: a node on the canvas, or one of its fields. */
export interface Target {
  readonly node: string | null
  readonly field: string | null
}

/** Kind of data that a layer dragged from the palette carries. */
export const LAYER_DRAG = 'application/x-descent-layer'

const NO_SAMPLE: Shape | null = null
const NONE: ReadonlySet<string> = new Set()

/** What the Build room shows of the active experiment: its model as a scene, facts and issues of nodes, and the selection. */
export const useBuilder = defineStore('builder', () => {
  const experiments = useExperiments()
  const checked = useChecked()
  const view = useSettings().setting<BuildView>('build.view', 'canvas', (value) => value === 'canvas' || value === 'list' || value === 'json')

  const experiment = computed(() => experiments.active)
  const model = computed(() => experiment.value?.document.value.model)
  const viewPart = computed(() => experiment.value?.document.value.view)
  /** Null where the model cannot be drawn. */
  const scene = computed<Scene | null>(() => readScene(model.value, viewPart.value))
  const places = computed<Readonly<Record<string, Position>>>(() => (scene.value === null ? {} : placesOf(scene.value)))

  const sample = computed(() => (checked.preview?.ok === true ? checked.preview.value.summary.sampleShape : NO_SAMPLE))
  const facts = computed(() => (scene.value === null ? new Map<string, never>() : analyze(scene.value, sample.value)))

  const batch = computed(() => {
    // What is wrong elsewhere in the document leaves the batch as it is set.
    const read = trainingSchema.shape.batchSize.safeParse(experiment.value?.read(['training', 'batchSize']))
    const size = read.success ? read.data : 1
    return size === 'full' ? (checked.preview?.ok === true ? checked.preview.value.summary.parts.train : 1) : size
  })
  /** Whether some layer's shape is not known, so that totals leave it out. */
  const partial = computed(() => [...facts.value.values()].some(({ shape }) => shape === null))
  const totals = computed<Totals>(() => {
    const parsed = experiment.value?.parsed.value
    const optimizer = parsed?.ok === true ? resolveOptimizer(parsed.value.training.optimizer) : null
    const slots = optimizer?.ok === true ? optimizer.value.rule.slots(optimizer.value.options).length : 0
    return totalsOf(facts.value.values(), { batch: batch.value, slots })
  })

  /** How many nodes the document itself lists: fewer than the scene where an input was added. */
  const rawCount = computed(() => (isObject(model.value) && Array.isArray(model.value.nodes) ? model.value.nodes.length : 0))
  /** Issues, and the nodes that each is about. */
  const issues = computed(() => {
    const parsed = experiment.value?.parsed.value.ok === true
    return checked.issues.map((issue) => ({ issue, nodes: scene.value === null ? [] : nodesOfIssue(issue, scene.value, rawCount.value, parsed) }))
  })
  const issuesByNode = computed(() => {
    const byNode = new Map<string, Issue[]>()
    for (const { issue, nodes } of issues.value) for (const id of nodes) byNode.set(id, [...(byNode.get(id) ?? []), issue])
    return byNode
  })

  const selection = shallowRef<ReadonlySet<string>>(NONE)
  const selectedEdge = shallowRef<readonly [string, string] | null>(null)
  const target = shallowRef<Target | null>(null)
  /** Counts requests to show all of the model. */
  const fitRequest = shallowRef(0)
  /** Said to screen readers. */
  const announcement = shallowRef('')
  const selected = computed(() => scene.value?.nodes.filter(({ id }) => selection.value.has(id)) ?? [])

  watch(
    () => experiments.activeId,
    () => select([]),
  )
  watch(scene, (next) => {
    const ids = new Set(next?.nodes.map(({ id }) => id))
    if ([...selection.value].some((id) => !ids.has(id))) select([...selection.value].filter((id) => ids.has(id)))
  })

  function select(ids: readonly string[]): void {
    selectedEdge.value = null
    if (ids.length !== selection.value.size || ids.some((id) => !selection.value.has(id))) selection.value = new Set(ids)
  }

  function selectEdge(edge: readonly [string, string]): void {
    selection.value = NONE
    selectedEdge.value = edge
  }

  /** Selects a node and brings it, or its field, into sight and focus. */
  function goTo(node: string | null, field: string | null = null): void {
    if (node !== null) select([node])
    target.value = { node, field }
  }

  /** Shows all of the model, once it is drawn. */
  function refit(): void {
    fitRequest.value++
  }

  function announce(text: string): void {
    announcement.value = text
  }

  return { view, experiment, model, scene, places, facts, batch, partial, totals, rawCount, issues, issuesByNode, selection, selectedEdge, selected, target, fitRequest, announcement, select, selectEdge, goTo, refit, announce }
})
