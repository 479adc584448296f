import * as tf from '@tensorflow/tfjs-core'
import { sizeOf, type ScanAttrs, type ScanOutputAttrs } from '@shared/graph'
import { form } from '../form'
import type { Forms } from '../form'
import { planTensors, runPlan, uploadConstants, valueOf } from '../plan'

/** Step after step, in a tidy of its own each; all results in one row, as the op defines them. */
export const scanForms: Forms = {
  scan: form<ScanAttrs>(({ body, states, sequences, backward }, { inputs: operands }) => {
    const plan = planTensors(body.outputs)
    const [steps] = operands[states].shape
    return (...inputs) => {
      const read = inputs.slice(states, states + sequences).map((sequence) => tf.unstack(sequence))
      const shared = inputs.slice(states + sequences)
      const given: tf.Tensor[][] = body.outputs.slice(states).map(() => [])
      let carried = inputs.slice(0, states)
      for (let count = 0; count < steps; count++) {
        const step = backward ? steps - 1 - count : count
        const found = tf.tidy(() => {
          const operands = [...carried, ...read.map((all) => all[step]), ...shared]
          const values = uploadConstants(plan)
          body.inputs.forEach(({ id }, at) => values.set(id, operands[at]))
          runPlan(plan, values)
          return body.outputs.map((output) => valueOf(values, output).clone())
        })
        carried = found.slice(0, states)
        found.slice(states).forEach((value, at) => given[at].splice(backward ? 0 : count, 0, value))
      }
      return tf.concat([...carried, ...given.flat()].map((value) => tf.reshape(value, [value.size])))
    }
  }),
  scanOutput: form<ScanOutputAttrs>(({ offset, shape }) => (x) => tf.reshape(tf.slice(x, [offset], [sizeOf(shape)]), [...shape])),
}
