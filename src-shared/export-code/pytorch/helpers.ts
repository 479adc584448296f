/** Modules that a script defines where PyTorch has no such one. */
export const POPULATION = 'PopulationBatchNorm'
export const CHANNELS = 'ChannelLayerNorm'
export const CHANNELS_RMS = 'ChannelRMSNorm'
export const NOISE = 'GaussianNoise'
export const DROP_CONNECT = 'DropConnectLinear'
export const POSITIONAL = 'PositionalEncoding'
export const SELF_ATTENTION = 'SelfAttention'
export const RESET_BEFORE = 'ResetBeforeGRU'

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
  [POSITIONAL]: `class ${POSITIONAL}(nn.Module):
    """Adds to every time step a vector of its position: sines and cosines, or learned."""

    def __init__(self, steps, features, learned=False):
        super().__init__()
        feature = torch.arange(features, dtype=torch.float64)
        angle = torch.arange(steps, dtype=torch.float64)[:, None] / 10000 ** ((feature - feature % 2) / features)
        positions = torch.where(feature % 2 == 0, angle.sin(), angle.cos()).float()
        if learned:
            self.positions = nn.Parameter(positions)
        else:
            self.register_buffer("positions", positions, persistent=False)

    def forward(self, x):
        return x + self.positions`,
  [SELF_ATTENTION]: `class ${SELF_ATTENTION}(nn.Module):
    """Multi-head self-attention on (batch, time, features)."""

    def __init__(self, features, heads, head_size, causal=False, dropout=0.0, bias=True):
        super().__init__()
        self.heads, self.causal, self.dropout = heads, causal, dropout
        self.query, self.key, self.value = (nn.Linear(features, heads * head_size, bias=bias) for _ in range(3))
        self.output = nn.Linear(heads * head_size, features, bias=bias)

    def forward(self, x):
        query, key, value = (part(x).unflatten(-1, (self.heads, -1)).transpose(1, 2) for part in (self.query, self.key, self.value))
        drop = self.dropout if self.training else 0.0
        attended = F.scaled_dot_product_attention(query, key, value, is_causal=self.causal, dropout_p=drop)
        return self.output(attended.transpose(1, 2).flatten(2))`,
  [RESET_BEFORE]: `class ${RESET_BEFORE}(nn.Module):
    """A GRU whose reset gate multiplies the previous output, not its product (torch.nn.GRU's); called like that one."""

    def __init__(self, features, units, bias=True, batch_first=True, bidirectional=False):
        super().__init__()
        self.units, self.bias = units, bias
        self.suffixes = ["l0", "l0_reverse"] if bidirectional else ["l0"]
        for suffix in self.suffixes:
            setattr(self, f"weight_ih_{suffix}", nn.Parameter(torch.zeros(3 * units, features)))
            setattr(self, f"weight_hh_{suffix}", nn.Parameter(torch.zeros(3 * units, units)))
            if bias:
                setattr(self, f"bias_ih_{suffix}", nn.Parameter(torch.zeros(3 * units)))

    def run(self, x, suffix):
        kernel, recurrent = getattr(self, f"weight_ih_{suffix}"), getattr(self, f"weight_hh_{suffix}")
        inputs = F.linear(x, kernel, getattr(self, f"bias_ih_{suffix}") if self.bias else None)
        h, outputs = x.new_zeros(len(x), self.units), []
        for step in inputs.unbind(1):
            reset, update, candidate = step.chunk(3, -1)
            of_reset, of_update = F.linear(h, recurrent[: 2 * self.units]).chunk(2, -1)
            reset, update = torch.sigmoid(reset + of_reset), torch.sigmoid(update + of_update)
            candidate = torch.tanh(candidate + F.linear(reset * h, recurrent[2 * self.units :]))
            h = update * h + (1 - update) * candidate
            outputs.append(h)
        return torch.stack(outputs, 1), h

    def forward(self, x):
        outputs, last = self.run(x, "l0")
        if len(self.suffixes) == 1:
            return outputs, last[None]
        backward, first = self.run(x.flip(1), "l0_reverse")
        return torch.cat([outputs, backward.flip(1)], -1), torch.stack([last, first])`,
}
