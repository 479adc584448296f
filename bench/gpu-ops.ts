import { parseArgs } from 'node:util'
import { checkOps, OP_TOLERANCE, worstByOp, type OpResult } from './gpu/ops'

/**
 * Every op of the closed set on a device, its values and its gradients, beside onnx-cpu and float64. Ends with 1 where one is
 * wrong.
 *
 *   npm run bench -- gpu-ops --device onnx-webgpu [--ops sin,cos] [--json]
 */
const { values: options } = parseArgs({
  options: { device: { type: 'string', default: 'onnx-webgpu' }, ops: { type: 'string' }, json: { type: 'boolean', default: false } },
})

const results: OpResult[] = []
await checkOps(options.device, options.ops?.split(',') ?? null, (result) => {
  results.push(result)
  // One by one: a driver may end the process.
  if (options.json) console.log(JSON.stringify(result))
})
const worst = worstByOp(results)
if (!options.json) for (const { op, examples, error } of worst) console.log(`${op.padEnd(22)} ${String(examples).padStart(3)} examples   ${error.toExponential(1)}${error < OP_TOLERANCE ? '' : '   WRONG'}`)
process.exitCode = worst.every(({ error }) => error < OP_TOLERANCE) ? 0 : 1
