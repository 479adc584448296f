import type { TrainingPlan } from '@shared/compile'
import { areaLimits, changesOf, cutoutCenter, moveLines, stagesOf, type AugmentationCode, type Options, type Stage } from '../augmentation/moves'
import { indent, python, pythonFloat } from '../python/literal'

const PADDING: Readonly<Record<string, string>> = { nearest: 'border', reflect: 'reflection', zeros: 'zeros' }

const UNIFORM = `def uniform(low, high, *shape):
    return low + (high - low) * torch.rand(shape, device=DEVICE)`

const PIXELS = `def pixels(x):
    """Rows and columns of pictures, laid beside them."""
    height, width = x.shape[2:]
    return torch.arange(height, device=DEVICE).view(1, 1, -1, 1), torch.arange(width, device=DEVICE).view(1, 1, 1, -1)`

const READ = `def read(x, rows, columns, padding):
    """Pictures read bilinearly at these rows and columns."""
    height, width = x.shape[2:]
    places = torch.broadcast_tensors((2 * columns + 1) / width - 1, (2 * rows + 1) / height - 1)
    return F.grid_sample(x, torch.stack(places, dim=-1)[:, 0], padding_mode=padding, align_corners=False)`

const BEND = `def curve(deviation, most):
    """A normal curve over whole numbers; sum 1."""
    radius = min(math.ceil(3 * deviation), most)
    values = torch.exp(-(torch.arange(-radius, radius + 1, device=DEVICE) ** 2) / (2 * deviation**2))
    return values / values.sum()


def bend(count, height, width, displacement, deviation):
    """How far every pixel moves to the right and down: smooth, of this size (root mean square)."""
    down, across = curve(deviation, height - 1), curve(deviation, width - 1)
    noise = uniform(-1, 1, 2 * count, 1, height, width)
    noise = F.conv2d(noise, down.view(1, 1, -1, 1), padding=(len(down) // 2, 0))
    noise = F.conv2d(noise, across.view(1, 1, 1, -1), padding=(0, len(across) // 2))
    return (noise * displacement * (3 / (down.square().sum() * across.square().sum())) ** 0.5).split(count)`

/** `augment(x)` in PyTorch, or `augment(x, y)` where targets are mixed, too; channels first. */
export function pytorchAugmentation({ augmentation: plan, data }: TrainingPlan): AugmentationCode {
  const changes = changesOf(plan)
  if (changes === null) return { definitions: [], changes }
  const stages = stagesOf(plan)
  const lines = stages.flatMap(stageLines)
  const text = lines.join('\n')
  const pictures = /\b(height|width|rows|columns|flip)\b/.test(text)
  const flat = pictures && plan.picture !== null && data.sample.length !== 3
  const body = [
    ...(flat ? [`x = x.view(-1, ${plan.picture.map((extent) => python(extent)).join(', ')})`] : []),
    ...(/\bheight\b|\bwidth\b/.test(text) ? ['height, width = x.shape[2:]'] : []),
    ...lines,
    ...(flat ? ['x = x.flatten(1)'] : []),
    changes === 'both' ? 'return x, y' : 'return x',
  ]
  return {
    definitions: [
      ...(/\buniform\(|\bbend\(/.test(text) ? [UNIFORM] : []),
      ...(/\bpixels\(/.test(text) ? [PIXELS] : []),
      ...(/\bread\(/.test(text) ? [READ] : []),
      ...(/\bbend\(/.test(text) ? [BEND] : []),
      `def augment(${changes === 'both' ? 'x, y' : 'x'}):\n    """${changes === 'both' ? 'Rows and targets' : 'Rows'} as one update sees them."""\n${indent(body.join('\n'))}`,
    ],
    changes,
  }
}

function stageLines(stage: Stage): string[] {
  if (stage.kind === 'single') return singleLines(stage.type, stage.options)
  const moves = stage.members.toReversed().flatMap((member) => moveLines(member, { cos: 'torch.cos', sin: 'torch.sin' }))
  return ['rows, columns = pixels(x)', ...moves, `x = read(x, rows, columns, ${python(PADDING[stage.fill] ?? 'border')})`]
}

function singleLines(type: string, options: Options): string[] {
  const value = (name: string): string => python(Number(options[name]))
  const each = 'len(x), 1, 1, 1'
  switch (type) {
    case 'flip': {
      const axes = [...(options.horizontal === true ? [3] : []), ...(options.vertical === true ? [2] : [])]
      return axes.map((axis) => `x = torch.where(uniform(0, 1, ${each}) < ${value('probability')}, x.flip(${String(axis)}), x)`)
    }
    case 'noise':
      return Number(options.deviation) === 0 ? [] : [`x = x + ${value('deviation')} * torch.randn_like(x)`]
    case 'cutout': {
      const half = python(Number(options.size) / 2)
      const center = (extent: string): string => `uniform(0, ${extent}, ${each}).floor()${cutoutCenter(Number(options.size))}`
      return [`column, row = ${center('width')}, ${center('height')}`, 'rows, columns = pixels(x)', `x = torch.where(((columns - column).abs() < ${half}) & ((rows - row).abs() < ${half}), 0.0, x)`]
    }
    case 'randomErasing': {
      const [least, most] = areaLimits(options)
      return [
        `area = uniform(${least} * height * width, ${most} * height * width, ${each})`,
        `aspect = uniform(math.log(0.3), -math.log(0.3), ${each}).exp()`,
        'wide, high = (area / aspect).sqrt().clamp(max=width), (area * aspect).sqrt().clamp(max=height)',
        `column = uniform(0, 1, ${each}) * (width - wide) + wide / 2 - 0.5`,
        `row = uniform(0, 1, ${each}) * (height - high) + high / 2 - 0.5`,
        'rows, columns = pixels(x)',
        `erased = ((columns - column).abs() < wide / 2) & ((rows - row).abs() < high / 2) & (uniform(0, 1, ${each}) < ${value('probability')})`,
        `x = torch.where(erased, ${options.fill === 'zeros' ? '0.0' : 'torch.randn_like(x)'}, x)`,
      ]
    }
    case 'mixup':
      return [
        `distance, share = int(uniform(0, len(x), 1)), torch.distributions.Beta(${pythonFloat(Number(options.alpha))}, ${pythonFloat(Number(options.alpha))}).sample().item()`,
        'x, y = (share * each + (1 - share) * each.roll(-distance, 0) for each in (x, y))',
      ]
    default:
      throw new Error(`no PyTorch form of the augmentation ${type}`)
  }
}
