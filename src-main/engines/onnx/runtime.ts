import { InferenceSession } from 'onnxruntime-node'

/** Where and how models run. */
export interface RuntimeOptions {
  /** onnxruntime's execution provider: `cpu`, `webgpu`, `cuda`, `dml`. */
  readonly provider: string
  /** Threads that share one operator. */
  readonly threads: number
  /** Channels to a block in the layout of fast convolutions, or null where there is none: see `blockSize`. */
  readonly block: number | null
}

/** `all` for programs; `basic` keeps every tensor of a diagnostic model apart. */
export type Optimization = 'all' | 'basic'

/**
 * Loads a model. Threads spin while a dispatch runs (10–20 % faster) and stop when it ends, since several sessions
 * share the processor. Operators run one after another: parallel execution is twice as slow on training graphs.
 */
export function createSession(model: Uint8Array, runtime: Pick<RuntimeOptions, 'provider' | 'threads'>, optimization: Optimization = 'all'): Promise<InferenceSession> {
  return InferenceSession.create(model, sessionOptions(runtime, optimization))
}

export function sessionOptions({ provider, threads }: Pick<RuntimeOptions, 'provider' | 'threads'>, optimization: Optimization = 'all'): InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: optimization,
    logSeverityLevel: 3,
    extra: { session: { force_spinning_stop: '1', intra_op: { allow_spinning: '1' } } },
  }
}
