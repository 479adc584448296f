import { graphic, type EChartsType } from 'echarts/core'
import type { Coordinates, Item } from './curve-items'

/** What is drawn between a chart's axes on a canvas of its own. */
export interface ChartLayer {
  /** Canvases lie on each other in this order; axes and series are on 0. */
  readonly level: number
  /** Two opposite ones of the plot, in places on the axes: nothing is drawn outside. */
  readonly corners: readonly [readonly [number, number], readonly [number, number]]
  readonly items: (api: Coordinates) => readonly Item[]
}

type Group = InstanceType<typeof graphic.Group>
type Element = Parameters<Group['add']>[0]

/**
 * Draws layers over a chart. What changes many times a second is drawn here, by ECharts' own graphics, without its
 * `setOption`: that would lay out axes and compare data anew each time, many times the cost of the curves themselves.
 */
export class LayerPainter {
  readonly #chart: EChartsType
  readonly #shown = new Map<number, { readonly group: Group; layer: ChartLayer | null }>()

  constructor(chart: EChartsType) {
    this.#chart = chart
  }

  /** Draws those that are not drawn yet. The chart must have its axes. */
  show(layers: readonly ChartLayer[]): void {
    const levels = new Set(layers.map(({ level }) => level))
    for (const [level, { group }] of this.#shown) {
      if (levels.has(level)) continue
      this.#chart.getZr().remove(group)
      this.#shown.delete(level)
    }
    for (const layer of layers) this.#draw(layer)
    this.#chart.getZr().flush()
  }

  /** Axes have moved: places are pixels no more. */
  forget(): void {
    for (const each of this.#shown.values()) each.layer = null
  }

  #draw(layer: ChartLayer): void {
    const shown = this.#shown.get(layer.level) ?? this.#add(layer.level)
    if (shown.layer === layer) return
    shown.layer = layer
    const { group } = shown
    const coord = (place: readonly [number, number]): number[] => this.#chart.convertToPixel({ gridIndex: 0 }, [...place])
    const [[left, bottom], [right, top]] = layer.corners.map(coord)
    group.removeAll()
    group.setClipPath(new graphic.Rect({ shape: { x: left, y: top, width: right - left, height: bottom - top } }))
    for (const item of layer.items({ coord })) group.add(elementOf(item, layer.level))
  }

  #add(level: number): { readonly group: Group; layer: ChartLayer | null } {
    const shown = { group: new graphic.Group({ silent: true }), layer: null }
    this.#chart.getZr().add(shown.group)
    this.#shown.set(level, shown)
    return shown
  }
}

function elementOf({ type, shape, style, children = [] }: Item, zlevel: number): Element {
  const common = { style, zlevel, silent: true }
  switch (type) {
    case 'group': {
      const group = new graphic.Group({ silent: true })
      for (const child of children) group.add(elementOf(child, zlevel))
      return group
    }
    case 'text':
      return new graphic.Text(common)
    case 'image':
      return new graphic.Image(common)
    default: {
      const Shape = graphic.getShapeClass(type)
      const element = new Shape()
      element.attr({ ...common, shape })
      return element
    }
  }
}
