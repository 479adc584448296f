import type { Text } from '@shared/catalog/definition'
import type { TargetInfo } from '@shared/catalog/losses'
import type { Shape } from '@shared/graph'

/** What a template adapts itself to: the data set of the experiment it is put into. */
export interface TemplateData {
  /** One sample as the model gets it. */
  readonly sample: Shape
  /** One sample as an image `[channels, height, width]`; null where it is none. */
  readonly image: Shape | null
  readonly target: TargetInfo
}

export interface TemplateNode {
  readonly id: string
  readonly type: string
  readonly [option: string]: string | number | boolean | readonly number[]
}

/** Nodes and edges as they stand in a document; without edges each node feeds the next. */
export interface TemplateModel {
  readonly nodes: readonly TemplateNode[]
  readonly edges?: readonly (readonly [string, string])[]
}

export interface Template {
  readonly id: string
  readonly title: Text
  readonly help: Text
  /** What it needs of the data: images, values to predict, or classes. */
  readonly needs: { readonly image: boolean; readonly target: TargetInfo['kind'] | null; /** Numbers of characters, as the text data set gives them. */ readonly text?: boolean }
  /** The target is the input itself. */
  readonly reconstructs?: boolean
  /** Only called on data that has what the template needs. */
  model(data: TemplateData): TemplateModel
}
