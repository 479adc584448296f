import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import type { EngineSession, SessionOptions } from '@main/engines/engine'
import { loadNative } from '@main/engines/tfjs/native'
import { openSession, sessionOn } from '@main/engines/tfjs/session'
import { caseBatch, caseProgram } from '../../../property/graph/case-program'
import type { BuiltCase } from '../../../property/graph/example'

/** tfjs-core's `cpu` kernels under another name: programs get the forms that are meant for TensorFlow's native library. */
const DISGUISED = 'cpu in disguise'

/** What every form is tested on; the native library too where it is installed. */
export const devices: readonly string[] = ['tfjs-cpu', DISGUISED, ...(loadNative().ok ? ['tfjs-tensorflow'] : [])]

/** A session on one of {@link devices}. */
export async function sessionFor(options: SessionOptions): Promise<EngineSession> {
  if (options.device !== DISGUISED) return openSession(options)
  if (tf.findBackend(DISGUISED) === null) {
    tf.registerBackend(DISGUISED, () => new MathBackendCPU())
    tf.copyRegisteredKernels('cpu', DISGUISED)
  }
  await tf.setBackend(DISGUISED)
  return sessionOn(DISGUISED, options)
}

/** The outputs of a case on one of {@link devices}. */
export async function runCase(built: BuiltCase, device = 'tfjs-cpu'): Promise<(Float32Array | Int32Array)[]> {
  const session = await sessionFor({ device, threads: 1, tables: new Map(), state: [] })
  try {
    const program = caseProgram(built)
    const execution = await session.prepare(program, 'train')
    const outputs = await execution.run(caseBatch(built))
    return program.outputs.map(({ name }) => outputs[name])
  } finally {
    await session.dispose()
  }
}
