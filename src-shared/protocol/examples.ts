import { z } from 'zod'
import { textSchema } from './lessons'

/** `resources/examples/groups.json`: the shipped documents, in the order in which menus list them. */
export const exampleGroupsSchema = z.array(
  z.strictObject({
    title: textSchema,
    /** Each a document beside this file, which has its name. */
    examples: z.array(z.strictObject({ name: z.string().regex(/^[a-z0-9-]+$/), about: textSchema })).min(1),
  }),
)

export type ExampleGroup = Readonly<z.output<typeof exampleGroupsSchema>[number]>
