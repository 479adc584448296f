import type { TrainingPlan } from '@shared/compile'
import type { ExperimentDocument } from '@shared/spec'
import { refuse } from '@shared/spec/issue'
import { loadCode } from '../data/load'
import { decayForm } from '../optimizer/decay'
import { ruleForm } from '../optimizer/form'
import { pytorchOptimizer, type PytorchOptimizerCode } from '../optimizer/pytorch'
import { Code, indent, python } from '../python/literal'
import { headOf, type Head } from '../training/head'
import { pytorchAveraging, type AveragingCode } from '../training/averaging'
import { pytorchGradients } from '../training/gradients'
import { pytorchLoss } from '../training/losses'
import { metricsCode } from '../training/metrics'
import { pytorchConstraints } from '../training/constraints'
import { penaltiesOf } from '../training/penalties'
import { isConstant, refuseCycling, scheduleCode } from '../training/schedule'
import { refusePytorchStopping } from '../training/stopping'
import { refuseGroups } from '../training/groups'
import { constants, docstring, importLines, joinParts } from '../training/script'
import type { TorchWeight } from './context'
import { lowerPytorch } from './lower'

/** The whole experiment as a PyTorch script. Throws an `IssueError` for what has no exact form. */
export function pytorchScript(document: ExperimentDocument, plan: TrainingPlan): string {
  refusePytorchStopping(plan)
  refuseGroups(document, 'PyTorch')
  refuseCycling(document.training.schedule, 'PyTorch')
  const head = headOf(plan)
  for (const { definition } of plan.augmentation.chosen) refuse('export-augmentation-unsupported', [], { augmentation: definition.type, format: 'pytorch' })
  const data = loadCode(document, plan, { head, channelsLast: false })
  const model = lowerPytorch(plan, { logitsOf: head.logitsOf, training: true })
  const scores = metricsCode(plan, head)
  const { schedule } = document.training
  const scheduled = schedule !== undefined && !isConstant(schedule)
  const form = ruleForm(plan.optimizer) ?? refuse('export-optimizer-unsupported', [], { optimizer: plan.optimizer.definition.type })
  const optimizer = pytorchOptimizer(form, decayForm(plan.optimizer), new Code('groups'), new Code('LEARNING_RATE'))
  const penalty = penaltyCode(plan, model.weights)
  const constraints = pytorchConstraints(plan, model.weights)
  const ofOutput = new Set(plan.layout.weights.filter(({ layer }) => layer === plan.model.output).map(({ fullName }) => fullName))
  const changed = pytorchGradients(plan, tensors(plan, model.weights, (name) => ofOutput.has(name)))
  return joinParts([
    `${docstring(document, { framework: 'PyTorch', needs: 'torch and numpy', data })}

${importLines([...data.imports, ...(scheduled ? ['import math'] : [])], ['import numpy as np', 'import torch', 'import torch.nn.functional as F', 'from torch import nn'])}

${constants(document, plan)}
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"

torch.manual_seed(SEED)`,
    ...data.definitions,
    ...model.helpers,
    model.code,
    optimizer.definition,
    ...optimizerParts(plan, model.weights, optimizer),
    scheduled ? scheduleCode(schedule) : null,
    `def loss_of(outputs, y):\n${indent(pytorchLoss(plan, head).join('\n'))}`,
    penalty,
    constraints.length === 0 ? null : `@torch.no_grad()\ndef constrain(model):\n    """What holds of weights after every update."""\n${indent(constraints.join('\n'))}`,
    changed.definition,
    predictCode(head),
    scores,
    trainCode(document, { scheduled, penalties: [...(penalty === null ? [] : ['penalty(model)']), ...(model.penalizesActivity ? ['model.activity'] : [])], shrink: optimizer.shrink, constrained: constraints.length > 0, scored: scores !== null, gradients: changed.call, averaging: pytorchAveraging(plan) }),
    mainCode(scores !== null),
  ])
}

/** `model.dense1.weight`. */
function tensors(plan: TrainingPlan, weights: readonly TorchWeight[], wanted: (fullName: string) => boolean): string[] {
  const names = new Map(weights.map(({ source, name }) => [source, `model.${name}`]))
  return plan.layout.weights.filter(({ fullName }) => wanted(fullName)).map(({ fullName }) => names.get(fullName) ?? fullName)
}

function optimizerParts(plan: TrainingPlan, weights: readonly TorchWeight[], { construction, groupDecay, shrink }: PytorchOptimizerCode): string[] {
  const kernels = new Set(plan.layout.weights.filter(({ role }) => role === 'kernel').map(({ fullName }) => fullName))
  const trained = '[each for each in model.parameters() if each.requires_grad]'
  const parts: string[] = []
  if (groupDecay !== 0 || shrink !== 0) parts.push(`def kernels_of(model):\n    """What decays."""\n    return [${tensors(plan, weights, (name) => kernels.has(name)).join(', ')}]`)
  const groups =
    groupDecay === 0
      ? [`groups = ${trained}`]
      : [
          'kernels = kernels_of(model)',
          'others = [each for each in model.parameters() if each.requires_grad and all(each is not kernel for kernel in kernels)]',
          `groups = [{"params": kernels, "weight_decay": ${python(groupDecay)}}, {"params": others, "weight_decay": 0}]`,
        ]
  return [...parts, `def make_optimizer(model):\n${indent([...groups, `return ${construction}`].join('\n'))}`]
}

/** `penalty(model)`; null where there is none. */
function penaltyCode(plan: TrainingPlan, weights: readonly TorchWeight[]): string | null {
  const penalties = penaltiesOf(plan)
  const groups = new Map<string, string[]>()
  for (const [fullName, { l1, l2 }] of penalties) {
    const terms = [...(l1 === 0 ? [] : [`${python(l1)} * weight.abs().sum()`]), ...(l2 === 0 ? [] : [`${python(l2)} * weight.square().sum()`])].join(' + ')
    groups.set(terms, [...(groups.get(terms) ?? []), ...tensors(plan, weights, (name) => name === fullName)])
  }
  if (groups.size === 0) return null
  const lines = [...groups].flatMap(([terms, members]) => [`for weight in (${members.join(', ')},):`, `    total = total + ${terms}`])
  return `def penalty(model):\n    total = 0.0\n${indent(lines.join('\n'))}\n    return total`
}

function predictCode({ activation }: Head): string {
  const outputs = activation === null ? 'outputs' : activation === 'softmax' ? 'torch.softmax(outputs, dim=-1)' : 'torch.sigmoid(outputs)'
  return `def predict(model, x):
    """${activation === null ? 'The model’s outputs.' : 'Probabilities: the model gives logits.'}"""
    model.eval()
    with torch.no_grad():
        outputs = torch.cat([model(batch) for batch in torch.as_tensor(x, device=DEVICE).split(256)])
        return ${outputs}.cpu().numpy()`
}

function trainCode(
  { training }: ExperimentDocument,
  { scheduled, penalties, shrink, constrained, scored, gradients, averaging }: { readonly scheduled: boolean; readonly penalties: readonly string[]; readonly shrink: number; readonly constrained: boolean; readonly scored: boolean; readonly gradients: readonly string[]; readonly averaging: AveragingCode },
): string {
  const every = training.evaluateEvery
  const shown = scored ? 'scores(predict(model, validation[0]), validation[1])' : 'float(loss_of(model.eval()(torch.as_tensor(validation[0], device=DEVICE)), torch.as_tensor(validation[1], device=DEVICE)))'
  const evaluation = (label: string): string[] => ['if validation is not None:', `    print(f"${label}:", ${shown})`]
  const rate = scheduled || shrink !== 0
  const update = [
    'model.train()',
    'batch = order[start : start + batch_size]',
    ...(rate ? [`rate = ${scheduled ? 'learning_rate(step, steps_per_epoch)' : 'LEARNING_RATE'}`] : []),
    ...(scheduled ? ['for group in optimizer.param_groups:', '    group["lr"] = rate'] : []),
    'loss = loss_of(model(x[batch]), y[batch])',
    'optimizer.zero_grad()',
    `${penalties.length > 0 ? `(${['loss', ...penalties].join(' + ')})` : 'loss'}.backward()`,
    ...gradients,
    ...(shrink === 0 ? [] : ['with torch.no_grad():', '    for weight in kernels_of(model):', `        weight.mul_(1 - rate * ${python(shrink)})`]),
    'optimizer.step()',
    ...(constrained ? ['constrain(model)'] : []),
    'total += loss.item() * len(batch)',
    'step += 1',
    ...averaging.each,
    ...(every === 'epoch' ? [] : [`if step % ${String(every.steps)} == 0:`, ...evaluation('step {step}').map((line) => `    ${line}`)]),
  ]
  return `def train(model, training, validation=None):
    """Trains in place; returns the mean loss of each epoch, penalties left out."""
    x, y = (torch.as_tensor(each, device=DEVICE) for each in training)
    model.to(DEVICE)
    optimizer = make_optimizer(model)
    batch_size = BATCH_SIZE or len(x)
${averaging.before.map((line) => `    ${line}\n`).join('')}${scheduled ? '    steps_per_epoch = -(-len(x) // batch_size)\n' : ''}    losses, step = [], 0
    for epoch in range(EPOCHS):
        order = ${training.shuffle ? 'torch.randperm(len(x), device=DEVICE)' : 'torch.arange(len(x), device=DEVICE)'}
        total = 0.0
        for start in range(0, len(x), batch_size):
${indent(update.join('\n'), 3)}
        losses.append(total / len(x))
        print(f"epoch {epoch + 1}: loss {losses[-1]:.6f}")
${every === 'epoch' ? `${indent(evaluation('epoch {epoch + 1}').join('\n'), 2)}\n` : ''}${averaging.after.map((line) => `    ${line}\n`).join('')}    return losses`
}

function mainCode(scored: boolean): string {
  return `def main():
    training, validation, test = load_data()
    model = Model()
    print(model)
    train(model, training, validation)
    for name, part in (("validation", validation), ("test", test)):
        if part is not None:
            print(name, ${scored ? 'scores(predict(model, part[0]), part[1])' : 'predict(model, part[0])[:5]'})


if __name__ == "__main__":
    main()`
}
