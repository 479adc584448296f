import type { KerasModel } from '@shared/export-code'

/** The name of the input layer, as the model's nodes call it. */
const INPUT = 'input'

/** A functional model as Keras serializes it, which TensorFlow.js reads. */
export function topologyOf(model: KerasModel, name: string): object {
  const input = { class_name: 'InputLayer', name: INPUT, config: { name: INPUT, batch_input_shape: [null, ...model.inputShape], dtype: 'float32', sparse: false }, inbound_nodes: [] }
  const layers = model.nodes.map((node) => {
    if (node.layer === null) throw new Error(`${node.name} has no TensorFlow.js layer`)
    return {
      class_name: node.layer.className,
      name: node.name,
      config: { ...node.layer.config, name: node.name, trainable: true, dtype: 'float32' },
      inbound_nodes: [node.inputs.map((each) => [each, 0, 0, {}])],
    }
  })
  return {
    class_name: 'Functional',
    config: { name, layers: [input, ...layers], input_layers: [[INPUT, 0, 0]], output_layers: [[model.output, 0, 0]] },
  }
}
