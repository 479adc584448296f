import { plain } from '../emitter'
import type { Fusion } from '../lowering'

/** The value alone: what its gradient's rule is made of is computed where the gradient uses it. */
export const bareValue: Fusion = {
  name: 'bareValue',
  ops: ['customGradient'],
  match: ({ inputs: [value] }) => ({ inputs: [value], emit: (emitter) => plain(emitter.value(value)) }),
}
