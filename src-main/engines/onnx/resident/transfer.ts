import { InferenceSession, Tensor } from 'onnxruntime-node'
import { encodeModel, OnnxGraph } from '../model'
import { sessionOptions, type RuntimeOptions } from '../runtime'

/** A tensor to move between the host's memory and the device's. */
export interface Moved {
  readonly name: string
  readonly type: 'float32' | 'int32'
  readonly shape: readonly number[]
}

/** Where the results of a session lie. */
type Side = 'gpu-buffer' | 'cpu'

/**
 * Moves tensors to the device or back. onnxruntime-node cannot copy device memory by itself (`getData` ends the
 * process), so a small model multiplies each by one and leaves the product on the other side.
 */
class Mover {
  private constructor(
    private readonly session: InferenceSession,
    private readonly names: readonly string[],
  ) {}

  static async open(moved: readonly Moved[], to: Side, runtime: RuntimeOptions): Promise<Mover> {
    const model = new OnnxGraph('move')
    for (const { name, type, shape } of moved) {
      const one = model.constant(type, [1], [])
      model.output(model.node('Mul', [model.input(`in/${name}`, type, shape), one]), type, shape, `out/${name}`)
    }
    const session = await InferenceSession.create(encodeModel(model), { ...sessionOptions(runtime), preferredOutputLocation: to })
    return new Mover(session, moved.map(({ name }) => name))
  }

  async move(tensors: ReadonlyMap<string, Tensor>): Promise<Map<string, Tensor>> {
    const feeds = Object.fromEntries([...tensors].map(([name, tensor]) => [`in/${name}`, tensor]))
    const moved = await this.session.run(feeds)
    return new Map(this.names.map((name) => [name, moved[`out/${name}`]]))
  }

  async release(): Promise<void> {
    await this.session.release()
  }
}

export interface Uploaded {
  readonly tensors: Map<string, Tensor>
  /** The tensors live in the memory of the session that made them: release it after they are disposed of. */
  release(): Promise<void>
}

/** Copies values to device memory. */
export async function upload(values: readonly (Moved & { readonly data: Float32Array | Int32Array })[], runtime: RuntimeOptions): Promise<Uploaded> {
  if (values.length === 0) return { tensors: new Map(), release: async () => await Promise.resolve() }
  const mover = await Mover.open(values, 'gpu-buffer', runtime)
  const tensors = await mover.move(new Map(values.map(({ name, type, shape, data }) => [name, new Tensor(type, data as Float32Array, shape)])))
  return { tensors, release: async () => await mover.release() }
}

/** Reads the same tensors again and again. */
export class Reader {
  #mover: Promise<Mover> | null = null

  constructor(
    private readonly moved: readonly Moved[],
    private readonly runtime: RuntimeOptions,
  ) {}

  async read(tensors: ReadonlyMap<string, Tensor>): Promise<Map<string, Float32Array | Int32Array>> {
    if (this.moved.length === 0) return new Map()
    this.#mover ??= Mover.open(this.moved, 'cpu', this.runtime)
    const read = await (await this.#mover).move(tensors)
    return new Map([...read].map(([name, tensor]) => [name, tensor.data as Float32Array | Int32Array]))
  }

  async release(): Promise<void> {
    await (await this.#mover)?.release()
    this.#mover = null
  }
}
