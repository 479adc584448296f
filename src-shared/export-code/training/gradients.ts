import type { TrainingPlan } from '@shared/compile'
import { refuse } from '@shared/spec/issue'
import { decayForm } from '../optimizer/decay'
import { indent, python, type PythonValue } from '../python/literal'

/** Arguments of Keras's optimizers that clip; throws an `IssueError` for what they cannot. */
export function kerasClipping({ gradients: { clip, noise }, optimizer }: TrainingPlan): Readonly<Record<string, PythonValue>> {
  if (noise !== null) refuse('export-training-unsupported', [], { setting: 'gradientNoise', framework: 'Keras' })
  if (clip === null) return {}
  // Keras has no coupled decay: as a penalty it would be clipped with the gradient.
  if (decayForm(optimizer).kind === 'coupled') refuse('export-training-unsupported', [], { setting: 'gradientClip beside coupled weightDecay', framework: 'Keras' })
  const { type, maximum, epsilon } = clip.options
  const argument = { value: 'clipvalue', norm: 'clipnorm', globalNorm: 'global_clipnorm' }[String(type)]
  if (argument === undefined || (epsilon ?? 0) !== 0) return refuse('export-training-unsupported', [], { setting: `gradientClip ${String(type)}${argument === undefined ? '' : ' with epsilon'}`, framework: 'Keras' })
  return { [argument]: Number(maximum) }
}

/** What stands between `backward()` and `step()` in PyTorch. */
export interface GradientCode {
  readonly definition: string | null
  readonly call: readonly string[]
}

/** `outputWeights`: expressions of the last layer's parameters. */
export function pytorchGradients({ gradients: { clip, noise } }: TrainingPlan, outputWeights: readonly string[]): GradientCode {
  const lines = clip === null ? [] : clipLines(clip.options, outputWeights)
  if (noise !== null) lines.push('for each in trained:', `    each.grad += torch.randn_like(each) * (${python(noise.variance)} / (1 + step) ** ${python(noise.decay)}) ** 0.5`)
  if (lines.length === 0) return { definition: null, call: [] }
  const body = ['trained = [each for each in model.parameters() if each.grad is not None]', ...lines]
  return { definition: `@torch.no_grad()\ndef change_gradients(model, step):\n    """Between backward() and the update after \`step\` others."""\n${indent(body.join('\n'))}`, call: ['change_gradients(model, step)'] }
}

function clipLines(options: Readonly<Record<string, unknown>>, outputWeights: readonly string[]): string[] {
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
