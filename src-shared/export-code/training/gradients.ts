import type { TrainingPlan } from '@shared/compile'
import { refuse } from '@shared/spec/issue'
import { indent, python, type PythonValue } from '../python/literal'

type Options = Readonly<Record<string, unknown>>

/** Arguments of Keras's optimizers that clip; null where they cannot: they know neither ε nor the adaptive way, and clip
 *  after noise would come. */
export function kerasOwnClipping({ gradients: { clip, noise } }: TrainingPlan): Readonly<Record<string, PythonValue>> | null {
  if (clip === null) return noise === null ? {} : null
  const { type, maximum, epsilon } = clip.options
  const argument = { value: 'clipvalue', norm: 'clipnorm', globalNorm: 'global_clipnorm' }[String(type)]
  return argument === undefined || (epsilon ?? 0) !== 0 || noise !== null ? null : { [argument]: Number(maximum) }
}

/** `change_gradients(gradients, variables, step)` for Keras, with what `noise` is drawn by where there is some; null where
 *  nothing changes gradients, or Keras's optimizers do. */
export function kerasGradients(plan: TrainingPlan, outputLayers: readonly string[]): string | null {
  if (kerasOwnClipping(plan) !== null) return null
  const { clip, noise } = plan.gradients
  const lines = clip === null ? [] : kerasClipLines(plan, clip.options, outputLayers)
  if (noise !== null) {
    lines.push(`deviation = ops.sqrt(${python(noise.variance)} / (1 + ops.cast(step, "float32")) ** ${python(noise.decay)})`, 'gradients = [each + deviation * keras.random.normal(each.shape, seed=noise) for each in gradients]')
  }
  return `def change_gradients(gradients, variables, step${noise === null ? '' : ', noise'}):
    """Before the update after \`step\` others."""
${indent([...lines, 'return gradients'].join('\n'))}`
}

function kerasClipLines({ model }: TrainingPlan, options: Options, outputLayers: readonly string[]): string[] {
  const [most, epsilon] = [python(Number(options.maximum)), python(Number(options.epsilon))]
  const shorten = (norm: string): string => `${most} / ops.maximum(${norm}${epsilon === '0' ? '' : ` + ${epsilon}`}, ${most})`
  switch (options.type) {
    case 'value':
      return [`gradients = [ops.clip(each, -${most}, ${most}) for each in gradients]`]
    case 'norm':
      return [`gradients = [each * (${shorten('ops.norm(each)')}) for each in gradients]`]
    case 'globalNorm':
      return [`factor = ${shorten('ops.sqrt(sum(ops.sum(ops.square(each)) for each in gradients))')}`, 'gradients = [each * factor for each in gradients]']
    case 'adaptive': {
      // The last axis of Keras's weights is that of the units, but for these.
      refuseAdaptive(model, ['depthwiseConv2d', 'gru'], 'Keras')
      const skipped = options.outputLayer === true ? [] : [`    if variable.path.split("/")[0] in (${outputLayers.map((name) => `${python(name)},`).join(' ')}):`, '        return gradient']
      return [
        'def shortened(gradient, variable):',
        ...skipped,
        '    axes = list(range(len(variable.shape) - 1)) or [0]',
        '    size, slope = (ops.sqrt(ops.sum(ops.square(value), axis=axes, keepdims=True)) for value in (variable, gradient))',
        `    most = ${python(Number(options.ratio))} * ops.maximum(size, ${epsilon})`,
        '    return gradient * (most / ops.maximum(slope, most))',
        '',
        'gradients = [shortened(*each) for each in zip(gradients, variables)]',
      ]
    }
    default:
      return refuse('export-training-unsupported', [], { setting: `gradientClip ${String(options.type)}`, framework: 'Keras' })
  }
}

/** Clipping by units needs units along one axis of every weight. */
function refuseAdaptive({ nodes }: TrainingPlan['model'], without: readonly string[], framework: string): void {
  const other = nodes.find(({ node }) => without.includes(node.type))
  if (other !== undefined) refuse('export-training-unsupported', [], { setting: `gradientClip adaptive beside ${other.node.type}`, framework })
}

/** What stands between `backward()` and `step()` in PyTorch. */
export interface GradientCode {
  readonly definition: string | null
  readonly call: readonly string[]
}

/** `outputWeights`: expressions of the last layer's parameters. */
export function pytorchGradients({ gradients: { clip, noise }, model }: TrainingPlan, outputWeights: readonly string[]): GradientCode {
  // The first axis of PyTorch's weights is that of the units, but for these.
  if (clip?.options.type === 'adaptive') refuseAdaptive(model, ['embedding', 'positionalEncoding'], 'PyTorch')
  const lines = clip === null ? [] : clipLines(clip.options, outputWeights)
  if (noise !== null) lines.push('for each in trained:', `    each.grad += torch.randn_like(each) * (${python(noise.variance)} / (1 + step) ** ${python(noise.decay)}) ** 0.5`)
  if (lines.length === 0) return { definition: null, call: [] }
  const body = ['trained = [each for each in model.parameters() if each.grad is not None]', ...lines]
  return { definition: `@torch.no_grad()\ndef change_gradients(model, step):\n    """Between backward() and the update after \`step\` others."""\n${indent(body.join('\n'))}`, call: ['change_gradients(model, step)'] }
}

function clipLines(options: Options, outputWeights: readonly string[]): string[] {
  const [most, epsilon] = [python(Number(options.maximum)), python(Number(options.epsilon))]
  const shorten = (norm: string): string => `${most} / max(float(${norm}) + ${epsilon}, ${most})`
  switch (options.type) {
    case 'value':
      return [`torch.nn.utils.clip_grad_value_(trained, ${most})`]
    case 'norm':
      return ['for each in trained:', `    each.grad *= ${shorten('each.grad.norm()')}`]
    case 'globalNorm':
      return [`factor = ${shorten('sum(each.grad.square().sum() for each in trained) ** 0.5')}`, 'for each in trained:', '    each.grad *= factor']
    case 'adaptive':
      return [
        `output = [${options.outputLayer === true ? '' : outputWeights.join(', ')}]`,
        'for each in trained:',
        '    if any(each is other for other in output):',
        '        continue',
        '    dims = list(range(1, each.dim())) if each.dim() > 1 else [0]',
        '    size, slope = (torch.linalg.vector_norm(value, dim=dims, keepdim=True) for value in (each, each.grad))',
        `    most = ${python(Number(options.ratio))} * size.clamp(min=${epsilon})`,
        '    each.grad *= most / torch.maximum(slope, most)',
      ]
    default:
      return refuse('export-training-unsupported', [], { setting: `gradientClip ${String(options.type)}`, framework: 'PyTorch' })
  }
}
