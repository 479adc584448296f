import { z } from 'zod'
import { field } from '../definition'
import { defineSchedule, inSteps, scheduleOptions, unitField } from './schedule'

export const cyclical = defineSchedule({
  type: 'cyclical',
  options: scheduleOptions({
    mode: field(z.enum(['triangular', 'triangular2', 'expRange']).default('triangular'), {
      en: '`triangular`: every peak is the learning rate. `triangular2`: every peak is half as high above the lowest rate as the one before. `expRange`: the height shrinks by γ at every update.',
      'zh-CN': '`triangular`：每个峰值都等于学习率。`triangular2`：每个峰高出最低学习率的部分是前一个的一半。`expRange`：高度在每次更新时乘以 γ。',
    }),
    minRate: field(z.number().min(0).optional(), {
      en: 'Lowest rate, at which the first cycle starts. Left out: a quarter of the learning rate, as the paper advises.',
      'zh-CN': '最低学习率，第一个周期由此开始。省略时为学习率的四分之一（论文建议）。',
      symbol: '\\eta_0',
    }),
    stepSize: field(z.number().positive().default(2), {
      en: 'Length of a rise, half a cycle, in the unit below. The paper advises 2 to 10 epochs.',
      'zh-CN': '一次上升（半个周期）的长度，单位见下。论文建议 2 到 10 个轮次。',
      symbol: 'S',
    }),
    stepSizeDown: field(z.number().positive().optional(), {
      en: 'Length of a fall. Left out: the same as the rise.',
      'zh-CN': '一次下降的长度。省略时与上升相同。',
      symbol: 'S_d',
    }),
    unit: unitField,
    gamma: field(z.number().positive().max(1).default(0.9999), {
      en: 'What the height is multiplied by at every update; `expRange` only. PyTorch’s default is 1.',
      'zh-CN': '每次更新高度所乘的倍数，仅用于 `expRange`。PyTorch 默认为 1。',
      symbol: '\\gamma',
    }),
  }),
  title: { en: 'Cyclical', 'zh-CN': '循环学习率' },
  help: {
    en: 'Moves up and down between a lowest rate and the learning rate, in straight lines. Saves the search for one best rate; a range test gives both bounds. The learning rate is the upper bound, PyTorch’s max_lr; `momentum` moves it against the rate, as PyTorch’s cycle_momentum does. Keras has none.',
    'zh-CN': '在最低学习率与所设学习率之间沿直线往复，不必寻找唯一的最佳值；范围测试可给出上下界。所设学习率是上界，即 PyTorch 的 max_lr；给出 `momentum` 时动量反向变化，与 PyTorch 的 cycle_momentum 相同。Keras 没有对应调度器。',
  },
  formula: String.raw`\eta_t = \eta_0 + (\eta - \eta_0) \, h \, \min\!\left(\frac{\tau}{S}, \frac{S + S_d - \tau}{S_d}\right), \quad \tau = t - i (S + S_d), \quad i = \left\lfloor \frac{t}{S + S_d} \right\rfloor, \quad h = 1,\ 2^{-i} \text{ or } \gamma^{t}`,
  source: 'Smith (2017), Cyclical Learning Rates for Training Neural Networks, arXiv:1506.01186, section 3; PyTorch 2, torch.optim.lr_scheduler.CyclicLR',
  height(t, context, { mode, stepSize, stepSizeDown = stepSize, unit, gamma }) {
    const [rise, fall] = [inSteps(stepSize, unit, context), inSteps(stepSizeDown, unit, context)]
    const cycle = Math.floor(t / (rise + fall))
    const passed = t - cycle * (rise + fall)
    return { triangular: 1, triangular2: 2 ** -cycle, expRange: gamma ** t }[mode] * Math.min(passed / rise, (rise + fall - passed) / fall)
  },
  rate(t, context, { mode, minRate = context.base / 4, stepSize, stepSizeDown = stepSize, unit, gamma }) {
    const [rise, fall] = [inSteps(stepSize, unit, context), inSteps(stepSizeDown, unit, context)]
    const cycle = Math.floor(t / (rise + fall))
    const passed = t - cycle * (rise + fall)
    const height = { triangular: 1, triangular2: 2 ** -cycle, expRange: gamma ** t }[mode]
    return minRate + (context.base - minRate) * height * Math.min(passed / rise, (rise + fall - passed) / fall)
  },
})
