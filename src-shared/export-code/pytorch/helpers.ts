/** Modules that a script defines where PyTorch has no such one. */
export const POPULATION = 'PopulationBatchNorm'
export const CHANNELS = 'ChannelLayerNorm'
export const CHANNELS_RMS = 'ChannelRMSNorm'
export const NOISE = 'GaussianNoise'
export const DROP_CONNECT = 'DropConnectLinear'

/** By name. */
export const HELPERS: Readonly<Record<string, string>> = {
  [DROP_CONNECT]: `class ${DROP_CONNECT}(nn.Linear):
    """A linear layer that drops weights while it trains, one mask for the batch."""

    def __init__(self, inputs, outputs, rate, bias=True):
        super().__init__(inputs, outputs, bias=bias)
        self.rate = rate

    def forward(self, x):
        return F.linear(x, F.dropout(self.weight, self.rate, self.training), self.bias)`,
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
  [CHANNELS_RMS]: `class ${CHANNELS_RMS}(nn.RMSNorm):
    """Root mean square normalization over the channels of each place."""

    def forward(self, x):
        return super().forward(x.transpose(1, -1)).transpose(1, -1)`,
  [NOISE]: `class ${NOISE}(nn.Module):
    """Normal noise while training."""

    def __init__(self, deviation):
        super().__init__()
        self.deviation = deviation

    def forward(self, x):
        return x + self.deviation * torch.randn_like(x) if self.training else x`,
}
