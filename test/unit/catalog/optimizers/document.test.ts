import { expect, it } from 'vitest'
import { optimizersDocument } from '@shared/catalog/optimizers/document'

it('docs/optimizers.md is what the definitions say', async () => {
  await expect(optimizersDocument()).toMatchFileSnapshot('../../../../docs/optimizers.md')
})
