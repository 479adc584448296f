import fixture from '@test/fixtures/optimizers/clipping.json'

export interface ClippingCase {
  readonly name: string
  readonly type: string
  readonly document: { readonly type: string }
  readonly clipped: readonly (readonly number[])[]
}

/** Made by PyTorch, Keras and NumPy: test/fixtures/optimizers/clipping.py. */
export const clippingCases: readonly ClippingCase[] = fixture.cases.map((each) => ({ ...each, type: each.document.type }))
