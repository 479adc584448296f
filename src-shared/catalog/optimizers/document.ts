import { z } from 'zod'
import { schedules } from '../schedules'
import { COMMON_OPTIONS } from '../schedules/schedule'
import { decayFormula, decayMode } from './decay'
import { optimizers } from './index'
import { type Dialect, DIALECTS, type DialectRule, type OptimizerDefinition } from './optimizer'
import { DEFAULT_DIALECT } from './resolve'

/** docs/optimizers.md, made of the definitions alone. */
export function optimizersDocument(): string {
  return [introduction(), overview(), ...optimizers.map(optimizerSection), scheduleIntroduction(), ...schedules.map(scheduleSection)].join('\n\n') + '\n'
}

const TITLES: Readonly<Record<Dialect, string>> = { keras: 'Keras 3', pytorch: 'PyTorch 2', textbook: 'Textbook' }

function introduction(): string {
  return `# Optimizers and schedules

This page is generated from the definitions in \`src-shared/catalog\`; a test fails when it is stale (\`npx vitest run test/unit/catalog/optimizers -u\` writes it anew).

Frameworks disagree, in defaults and in the formulas themselves, so every optimizer has **dialects**: \`keras\`, \`pytorch\`, and \`textbook\` where articles teach another form. The default is \`${DEFAULT_DIALECT}\`, or \`pytorch\` where Keras has no such optimizer. An option that a dialect does not know is refused, never ignored.

\`\`\`json
"optimizer": { "type": "adam", "dialect": "pytorch", "learningRate": 0.001, "weightDecay": 0.01 }
\`\`\`

In the formulas $w$ is a weight, $g$ its gradient (after clipping and penalties), $t$ the number of the update from 1, and state starts at 0 unless said otherwise. The rules are proved against 112 trajectories of PyTorch and Keras: to 1e-8 in float64 arithmetic, to 1e-5 through ONNX Runtime in float32.

**A changing learning rate shows the dialect.** A momentum buffer that holds finished steps (Keras) keeps the old rate after a drop, one that holds gradients (PyTorch) does not. At a constant rate both move alike.

**Weight decay** is an option of every optimizer. It is coupled (part of the gradient, so that moments and divisions see it) or decoupled (weights shrink beside the step):

| where | update |
|---|---|
| PyTorch and textbook, except AdamW | $${decayFormula.coupled}$ before the rule |
| Keras; AdamW in Keras and PyTorch | $${decayFormula.decoupled}$ before the rule |
| AdamW in textbook form, $\\eta_0$ being the rate before schedule and warm-up | $${decayFormula.schedule}$ before the rule |

Biases and normalization weights do not decay here; in both frameworks they do unless excluded. An L2 penalty is another thing: see the regularizers.

**Nesterov at the look-ahead point**, with the gradient taken at $w + \\mu v$ as textbooks draw it, is the textbook dialect of \`nesterov\`: loss and metrics of a training step are those at the look-ahead point, evaluation is of the weights.`
}

function overview(): string {
  const rows = optimizers.map(({ type, title, dialects }) => {
    const rates = DIALECTS.map((dialect) => dialects[dialect]?.learningRate ?? '–')
    return `| [\`${type}\`](#${type}) | ${title.en} | ${rates.join(' | ')} |`
  })
  return `| type | | default rate: Keras | PyTorch | textbook |
|---|---|---|---|---|
${rows.join('\n')}`
}

function optimizerSection(definition: OptimizerDefinition): string {
  const { type, title, help, source } = definition
  const rules = DIALECTS.flatMap((dialect) => {
    const rule = definition.dialects[dialect]
    return rule === undefined ? [] : [dialectSection(definition, dialect, rule)]
  })
  return [`<a id="${type}"></a>\n## ${title.en} · \`${type}\``, help.en, `Source: ${source}.`, optionTable(definition.options), ...rules].join('\n\n')
}

function dialectSection(definition: OptimizerDefinition, dialect: Dialect, rule: DialectRule): string {
  const slots = rule.slots(rule.defaults).map(({ name }) => `\`${name}\``)
  const facts = [
    `Defaults: ${defaultsOf(rule)}.`,
    `Weight decay: ${decayMode(definition, dialect) === 'coupled' ? 'coupled' : 'decoupled'}.`,
    `State per weight with these: ${slots.length === 0 ? 'none' : slots.join(', ')}.`,
    `Source: ${rule.source}.`,
  ]
  return `### ${definition.title.en} in ${TITLES[dialect]}\n\n$$\n${rule.formula}\n$$\n\n${rule.note.en}\n\n${facts.join(' ')}`
}

function defaultsOf({ learningRate, weightDecay, defaults }: DialectRule): string {
  return Object.entries({ learningRate, weightDecay, ...defaults })
    .map(([name, value]) => `\`${name}\` ${String(value)}`)
    .join(', ')
}

/** Common to all optimizers and explained at the top, or another page's. */
const UNLISTED = ['dialect', 'learningRate', 'weightDecay']

function optionTable({ shape }: z.ZodObject, unlisted: readonly string[] = UNLISTED): string {
  const rows = Object.entries(shape)
    .filter(([name]) => !unlisted.includes(name))
    .map(([name, schema]) => optionRow(name, schema as z.ZodType))
  return rows.length === 0 ? 'No options of its own.' : `| option | symbol | values | |\n|---|---|---|---|\n${rows.join('\n')}`
}

function optionRow(name: string, schema: z.ZodType): string {
  const { description, 'x-symbol': symbol } = schema.meta() ?? {}
  const shown = typeof symbol === 'string' ? `$${symbol}$` : ''
  return `| \`${name}\` | ${shown} | ${valuesOf(schema)} | ${(description ?? '').replaceAll('|', '\\|')} |`
}

/** What a schema accepts, in a few signs: `≥ 0, < 1`, `a, b`, `true, false`. */
function valuesOf(schema: z.ZodType): string {
  const { type, minimum, exclusiveMinimum, maximum, exclusiveMaximum, enum: allowed } = z.toJSONSchema(schema, { io: 'input' })
  if (allowed !== undefined) return allowed.map((value) => `\`${String(value)}\``).join(', ')
  if (type === 'boolean') return '`true`, `false`'
  const bounds = [
    ['≥', minimum],
    ['>', exclusiveMinimum],
    ['≤', maximum],
    ['<', exclusiveMaximum],
  ] as const
  return bounds.flatMap(([sign, bound]) => (bound === undefined ? [] : [`${sign} ${bound}`])).join(', ')
}

function scheduleIntroduction(): string {
  return `# Schedules

\`\`\`json
"schedule": { "type": "cosine", "finalRate": 1e-5, "warmup": { "epochs": 1, "from": 0 } }
\`\`\`

A schedule starts from the optimizer's \`learningRate\` $\\eta$. Here $t$ counts the updates already made: the first update uses $\\eta_0$, and a decay over $T$ updates reaches its end at $t = T$. Lengths are in epochs unless \`unit\` says \`steps\`, and are rounded to whole updates. Rates are computed in float64; the curves are compared with PyTorch's and Keras's schedulers.

**Warm-up** belongs to every schedule: \`warmup\` takes \`steps\` or \`epochs\` ($W$ updates) and \`from\` ($\\eta_w$, default 0). During it $\\eta_t = \\eta_w + (\\eta - \\eta_w)\\,t/W$; the schedule starts after it, over what is left of the run. PyTorch does this with SequentialLR, Keras with CosineDecay's \`warmup_target\`.

**Momentum cycling** belongs to every schedule, too: with \`momentum\` ($\\mu_l$ \`low\`, $\\mu_h$ \`high\`) the optimizer's momentum, or $\\beta_1$, is $\\mu_h - (\\mu_h - \\mu_l) h_t$, where the height $h_t$ goes from 0 to 1 with the rate ($\\eta_t/\\eta$ unless the schedule has a lowest rate of its own). Adam corrects its bias with the present $\\beta_1$, as PyTorch does.`
}

function scheduleSection({ type, title, help, source, formula, options }: (typeof schedules)[number]): string {
  return [`## ${title.en} · \`${type}\``, `$$\n${formula}\n$$`, help.en, `Source: ${source}.`, optionTable(options, COMMON_OPTIONS)].join('\n\n')
}
