import { computed, shallowRef } from 'vue'
import { useI18n } from 'vue-i18n'
import { layers } from '@shared/catalog/layers'
import { useText } from '@renderer/components/text'
import { useCommands } from './commands'
import { arityOf } from './options'
import { useBuilder } from './store'

export type PickerKind = 'add' | 'connect'

/** The two lists that open over the canvas: layers to add, nodes to connect the selected one to. */
export function usePickers() {
  const { t } = useI18n()
  const { text } = useText()
  const builder = useBuilder()
  const commands = useCommands()
  const kind = shallowRef<PickerKind | null>(null)
  const source = computed(() => (builder.selection.size === 1 ? [...builder.selection][0] : null))

  const current = computed(() => {
    switch (kind.value) {
      case null:
        return null
      case 'add':
        return { kind: kind.value, label: t('build.pickLayer'), items: layers.map(({ type, title, group }) => ({ key: type, title: text(title), detail: t(`build.group-${group}`) })) }
      case 'connect':
        return { kind: kind.value, label: t('build.pickTarget', { id: source.value ?? '' }), items: targets() }
    }
  })

  function targets() {
    const nodes = builder.scene?.nodes ?? []
    return nodes
      .filter(({ id, type }) => id !== source.value && arityOf(type)[1] > 0)
      .map(({ id, type }) => ({ key: id, title: id, detail: text(layers.find((layer) => layer.type === type)?.title ?? { en: type, 'zh-CN': type }) }))
  }

  function open(wanted: PickerKind): void {
    if (wanted === 'connect' && source.value === null) builder.announce(t('build.selectOneFirst'))
    else kind.value = wanted
  }

  function pick(key: string, focusNode: (id: string) => void): void {
    const { value: chosen } = kind
    kind.value = null
    if (chosen === 'add') focusNode(commands.add(key))
    else if (source.value !== null) {
      commands.connect([source.value, key])
      focusNode(source.value)
    }
  }

  function cancel(focusNode: (id: string) => void): void {
    if (kind.value === null) return
    kind.value = null
    const back = source.value ?? builder.scene?.nodes[0]?.id
    if (back !== undefined) focusNode(back)
  }

  return { current, open, pick, cancel }
}
