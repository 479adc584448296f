import type { TrainingPlan } from '@shared/compile'
import { augmentationCode, type AugmentationCode, type AugmentationWords } from '../augmentation/writer'
import { python, pythonFloat } from '../python/literal'

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

const WORDS: AugmentationWords = {
  library: 'torch',
  extents: 'x.shape[2:]',
  mirrored: { horizontal: 'x.flip(3)', vertical: 'x.flip(2)' },
  normal: 'torch.randn_like(x)',
  atMost: (value, most) => `${value}.clamp(max=${most})`,
  distance: 'int(uniform(0, len(x), 1))',
  share: (alpha) => `torch.distributions.Beta(${pythonFloat(alpha)}, ${pythonFloat(alpha)}).sample().item()`,
  read: (fill) => [`x = read(x, rows, columns, ${python(PADDING[fill] ?? 'border')})`],
  unflattened: (picture) => `x = x.view(-1, ${picture.join(', ')})`,
  flattened: 'x = x.flatten(1)',
  given: () => [],
  result: (name) => name,
  functions: { uniform: UNIFORM, pixels: PIXELS, read: READ, bend: BEND },
}

/** `augment(x)` in PyTorch, or `augment(x, y)` where targets are mixed, too; channels first. */
export function pytorchAugmentation(plan: TrainingPlan): AugmentationCode {
  return augmentationCode(plan, WORDS)
}
