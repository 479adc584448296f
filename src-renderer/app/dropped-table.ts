import { ElMessage } from 'element-plus'
import { useI18n } from 'vue-i18n'
import type { TargetInfo } from '@shared/catalog/losses'
import type { Shape } from '@shared/graph'
import { applyTemplate } from '@shared/templates'
import { mlp } from '@shared/templates/mlp'
import { useText } from '@renderer/components/text'
import { useConnection } from '@renderer/stores/connection'
import type { JsonObject } from '@renderer/stores/edit'
import { useExperiments } from '@renderer/stores/experiments'
import { useFrame } from '@renderer/stores/frame'
import { chosenFile, newDataset } from '@renderer/views/train/what/dataset-choice'
import { useFiles } from '@renderer/views/train/what/use-files'

const SEED = 42
/** What a table is taken for that cannot be read yet: its problems stand where it is chosen, and advice follows once it can be. */
const UNREAD: { readonly sample: Shape; readonly target: TargetInfo } = { sample: [1], target: { kind: 'class', classes: 2, classNames: ['0', '1'] } }

/** The experiment that a person with nothing but a table starts from: a small network that fits its last column. */
function tableExperiment(name: string, dataset: JsonObject, data = UNREAD): JsonObject {
  const bare = { format: 1, name, seed: SEED, dataset, model: { nodes: [] }, training: { optimizer: { type: 'adam' } } }
  return applyTemplate(mlp, bare, data) as JsonObject
}

/** Tables of the person's own that are dropped on the window. */
export function useTables(): { open(file: File): Promise<void> } {
  const { t } = useI18n()
  const { issueText } = useText()
  const connection = useConnection()
  const experiments = useExperiments()
  const frame = useFrame()
  const files = useFiles()

  async function open(file: File): Promise<void> {
    const stored = await files.upload([file], false, () => undefined)
    if (stored === 'too-large') return void ElMessage.warning(t('train.tooLarge'))
    if (!stored.ok) return void ElMessage.warning(stored.issues.map(issueText).join('\n'))
    const dataset = chosenFile(newDataset('csv') as JsonObject, 'path', stored.value) as JsonObject
    const preview = await connection.request('dataset.preview', { dataset, seed: SEED, tab: '' })
    const data = preview.ok ? { sample: preview.value.summary.sampleShape, target: preview.value.summary.target } : UNREAD
    experiments.open(tableExperiment(file.name.replace(/\.[^.]*$/, ''), dataset, data))
    frame.room = 'train'
  }

  return { open }
}
