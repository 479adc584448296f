import { Option } from '@commander-js/extra-typings'
import { DIALECTS, EXACTNESS, resolveOptimizer, translate, type Dialect, type ResolvedOptimizer, type Translation } from '@shared/catalog/optimizers'
import { apart, COMPARED_UPDATES } from '@shared/surfaces'
import { collect, newCommand, refuseIssues, type AnyCommand, type Choose } from '../command'
import type { CliContext } from '../context'
import { readDocument } from '../document-file'
import { EXIT } from '../exit-codes'
import { showValue } from '../numbers'
import type { Screen } from '../screen'
import { TEXT } from '../text'

type Settings = Extract<Translation, { kind: 'settings' }>

/** How far two settings part, as a share of the way (`apart`): at one rate, and where it drops halfway. */
interface Gaps {
  readonly constantRate: number
  readonly rateDropped: number
}

export function translateCommand(context: CliContext, choose: Choose): AnyCommand {
  const { screen } = context
  return newCommand('translate', TEXT.commandTranslate, context)
    .argument('<document>', screen.say(TEXT.argumentDocument))
    .addOption(new Option('--to <dialect>', screen.say(TEXT.optionTo, { dialects: DIALECTS.join(', ') })).choices(DIALECTS).makeOptionMandatory())
    .option('--set <path=value>', screen.say(TEXT.optionSet), collect)
    .option('--json', screen.say(TEXT.optionJson), false)
    .action((path, { to, json, ...edits }) => {
      choose(async () => {
        const document = await readDocument(path, edits)
        const optimizer = document.ok ? resolveOptimizer(document.value.training.optimizer) : document
        if (!optimizer.ok) return refuseIssues(context, optimizer.issues, json)
        const translation = translate(optimizer.value, to)
        if (json) screen.printJson({ event: 'translation', from: optimizer.value.dialect, to, ...translationJson(optimizer.value, translation) })
        else show(screen, optimizer.value, to, translation)
        return translation.kind === 'settings' ? EXIT.done : EXIT.invalid
      })
    })
}

function gapsOf(before: ResolvedOptimizer, { document }: Settings): Gaps {
  const after = resolveOptimizer(document)
  if (!after.ok) throw new Error(`the translation of ${before.definition.type} is no optimizer`)
  return { constantRate: apart(before, after.value), rateDropped: apart(before, after.value, { drop: true }) }
}

function translationJson(before: ResolvedOptimizer, translation: Translation): object {
  if (translation.kind === 'absent') return translation
  const { document, ...others } = translation
  const { constantRate, rateDropped } = gapsOf(before, translation)
  // JSON has no infinity: null is where one of the two diverges.
  const share = (gap: number): number | null => (Number.isFinite(gap) ? gap : null)
  return { ...others, optimizer: document, apart: { updates: COMPARED_UPDATES, constantRate: share(constantRate), rateDropped: share(rateDropped) } }
}

function show(screen: Screen, before: ResolvedOptimizer, to: Dialect, translation: Translation): void {
  if (translation.kind === 'absent') return screen.remark(screen.say(translation.text))
  screen.print(screen.say(TEXT.translated, { optimizer: before.definition.type, from: before.dialect, to }))
  screen.print(JSON.stringify(translation.document, null, 2))
  screen.print(screen.say(EXACTNESS[translation.exact]))
  if (translation.rateFactor !== 1) screen.print(screen.say(TEXT.translatedFactor, { factor: showValue(translation.rateFactor) }))
  if (translation.exact === 'always') return
  const { constantRate, rateDropped } = gapsOf(before, translation)
  const share = (gap: number): string => (Number.isFinite(gap) ? `${showValue(100 * gap)}%` : screen.say(TEXT.translatedDiverges))
  screen.print(screen.say(TEXT.translatedApart, { gap: share(constantRate), dropped: share(rateDropped), count: COMPARED_UPDATES }))
  for (const { text } of translation.differences) screen.print(`- ${screen.say(text)}`)
}
