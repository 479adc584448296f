import { documentJsonSchema } from '@shared/spec'
import { newCommand, type AnyCommand, type Choose } from '../command'
import type { CliContext } from '../context'
import { EXIT } from '../exit-codes'
import { TEXT } from '../text'

export function schemaCommand(context: CliContext, choose: Choose): AnyCommand {
  return newCommand('schema', TEXT.commandSchema, context).action(() => {
    choose(() => {
      context.screen.print(JSON.stringify(documentJsonSchema(), null, 2))
      return Promise.resolve(EXIT.done)
    })
  })
}
