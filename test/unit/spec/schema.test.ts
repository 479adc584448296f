import { join } from 'node:path'
import { expect, it } from 'vitest'
import { documentJsonSchema } from '@shared/spec'

it('is the file that editors read; `npx vitest run test/unit/spec -u` renews it', async () => {
  const file = join(import.meta.dirname, '../../../resources/schema/experiment.schema.json')
  await expect(`${JSON.stringify(documentJsonSchema(), null, 2)}\n`).toMatchFileSnapshot(file)
})
