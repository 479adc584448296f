import { BATCH_NORMALIZATION_DEFAULTS } from '@shared/catalog/layers/batch-normalization'
import type { Shape } from '@shared/graph'
import { Code, python, type PythonValue } from '../../python/literal'
import type { Node, TorchContext, TorchValue } from '../context'

/** Defined by the script where PyTorch has no such module. */
export const POPULATION = 'PopulationBatchNorm'
export const CHANNELS = 'ChannelLayerNorm'

export function batchNormalization(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const dialect = node.dialect === 'pytorch' ? 'pytorch' : 'keras'
  const defaults = BATCH_NORMALIZATION_DEFAULTS[dialect]
  const { momentum = defaults.momentum, epsilon = defaults.epsilon } = node as { momentum?: number; epsilon?: number }
  const [channels] = input.shape
  const native = dialect === 'pytorch' && input.shape.length <= 4
  if (!native) context.helpers.add(POPULATION)
  const className = native ? `nn.BatchNorm${String(Math.max(1, input.shape.length - 1))}d` : POPULATION
  const unbiased: Record<string, PythonValue> = !native && dialect === 'pytorch' ? { unbiased: true } : {}
  // PyTorch's momentum is the weight of the new value; as a difference it loses no digits.
  const member = context.member(context.identifier(node), className, [channels], { eps: epsilon, momentum: new Code(`1 - ${python(momentum)}`), ...unbiased })
  affine(context, node, member, [channels])
  context.weight(member, 'running_mean', node, 'movingMean', [channels])
  context.weight(member, 'running_var', node, 'movingVariance', [channels])
  return context.assign(node, `${member}(${input.name})`, shape)
}

export function layerNormalization(context: TorchContext, node: Node, [input]: readonly TorchValue[], shape: Shape): TorchValue {
  const perChannel = node.over === 'channels' && input.shape.length > 1
  if (perChannel) context.helpers.add(CHANNELS)
  const own: Shape = perChannel ? [input.shape[0]] : input.shape
  const size = own.length === 1 ? own[0] : own
  const member = context.member(context.identifier(node), perChannel ? CHANNELS : 'nn.LayerNorm', [size], { eps: Number(node.epsilon) })
  affine(context, node, member, own)
  return context.assign(node, `${member}(${input.name})`, shape)
}

/** Without scale or center the module's own tensor stays what it is. */
function affine(context: TorchContext, node: Node, member: string, shape: Shape): void {
  if (node.scale === true) context.weight(member, 'weight', node, 'gamma', shape)
  else context.constant(member, 'weight', 1, shape)
  if (node.center === true) context.weight(member, 'bias', node, 'beta', shape)
  else context.constant(member, 'bias', 0, shape)
}

export const HELPERS: Readonly<Record<string, string>> = {
  [POPULATION]: `class ${POPULATION}(nn.Module):
    """Batch normalization of any rank whose running variance divides by n, as Keras's does (PyTorch: n - 1)."""

    def __init__(self, channels, eps, momentum, unbiased=False):
        super().__init__()
        self.eps, self.momentum, self.unbiased = eps, momentum, unbiased
        self.weight = nn.Parameter(torch.ones(channels))
        self.bias = nn.Parameter(torch.zeros(channels))
        self.register_buffer("running_mean", torch.zeros(channels))
        self.register_buffer("running_var", torch.ones(channels))

    def forward(self, x):
        if not self.training:
            return F.batch_norm(x, self.running_mean, self.running_var, self.weight, self.bias, eps=self.eps)
        with torch.no_grad():
            axes = [axis for axis in range(x.dim()) if axis != 1]
            count = x.numel() // x.shape[1]
            variance = x.var(dim=axes, correction=1 if self.unbiased and count > 1 else 0)
            self.running_mean.lerp_(x.mean(dim=axes), self.momentum)
            self.running_var.lerp_(variance, self.momentum)
        if x.numel() == x.shape[1]:
            return x * 0 * self.weight.view(-1, *[1] * (x.dim() - 2)) + self.bias.view(-1, *[1] * (x.dim() - 2))
        return F.batch_norm(x, None, None, self.weight, self.bias, training=True, eps=self.eps)`,
  [CHANNELS]: `class ${CHANNELS}(nn.LayerNorm):
    """Layer normalization over the channels of each place."""

    def forward(self, x):
        return super().forward(x.transpose(1, -1)).transpose(1, -1)`,
}
