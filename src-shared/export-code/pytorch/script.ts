import type { TrainingPlan } from '@shared/compile'
import type { ExperimentDocument } from '@shared/spec'
import { refuse } from '@shared/spec/issue'
import { loadCode } from '../data/load'
import { decayForm } from '../optimizer/decay'
import { ruleForm } from '../optimizer/form'
import { pytorchOptimizer, type PytorchOptimizerCode } from '../optimizer/pytorch'
import { Code, indent, python } from '../python/literal'
import { activated, headOf, type Head } from '../training/head'
import { pytorchAveraging } from '../training/averaging'
import { pytorchConstraints } from '../training/constraints'
import { pytorchGradients } from '../training/gradients'
import { treatmentsOf, treatsAlike } from '../training/groups'
import { pytorchLoss } from '../training/losses'
import { metricsCode } from '../training/metrics'
import { penaltiesOf } from '../training/penalties'
import { isConstant, momentumCode, plateauCode, scheduleCode } from '../training/schedule'
import { constants, docstring, importLines, joinParts, moduleImports, refuseDistillation } from '../training/script'
import { stoppingCode } from '../training/stopping'
import { pytorchAugmentation } from './augmentation'
import type { TorchWeight } from './context'
import { trainCode } from './loop'
import { lowerPytorch } from './lower'

/** The whole experiment as a PyTorch script. Throws an `IssueError` for what has no exact form. */
export function pytorchScript(document: ExperimentDocument, plan: TrainingPlan): string {
  refuseDistillation(plan, 'PyTorch')
  const head = headOf(plan)
  const data = loadCode(document, plan, { head, channelsLast: false })
  const model = lowerPytorch(plan, { logitsOf: head.logitsOf, training: true })
  const scores = metricsCode(plan, head)
  const { schedule } = document.training
  const form = ruleForm(plan.optimizer) ?? refuse('export-optimizer-unsupported', [], { optimizer: plan.optimizer.definition.type })
  const optimizer = pytorchOptimizer(form, decayForm(plan.optimizer), { parameters: new Code('groups'), rate: new Code('LEARNING_RATE'), cycled: plan.cyclesMomentum })
  const penalty = penaltyCode(plan, model.weights)
  const constraints = pytorchConstraints(plan, model.weights)
  const ofOutput = new Set(plan.layout.weights.filter(({ layer }) => layer === plan.model.output).map(({ fullName }) => fullName))
  const changed = pytorchGradients(plan, tensors(plan, model.weights, (name) => ofOutput.has(name)))
  const stopping = stoppingCode(plan, { copy: 'copy.deepcopy(model.state_dict())', put: 'model.load_state_dict(weights)' }, 'PyTorch')
  const plateau = plateauCode(document, plan)
  const augmentation = pytorchAugmentation(plan)
  const groups = optimizerGroups(plan, model.weights, optimizer)
  const definitions = [
    ...data.definitions,
    ...augmentation.definitions,
    ...model.helpers,
    model.code,
    optimizer.definition,
    `def make_optimizer(model):\n${indent([...groups, `return ${optimizer.construction}`].join('\n'))}`,
    schedule === undefined || isConstant(schedule) ? null : scheduleCode(schedule, stopping.steps !== null),
    momentumCode(schedule, stopping.steps !== null),
    plateau?.definition ?? null,
    ...stopping.definitions,
    `def loss_of(outputs, y):\n${indent(pytorchLoss(plan, head).join('\n'))}`,
    penalty,
    constraints.length === 0 ? null : `@torch.no_grad()\ndef constrain(model):\n    """What holds of weights after every update."""\n${indent(constraints.join('\n'))}`,
    changed.definition,
    predictCode(head),
    scores,
    evaluateCode(scores !== null),
    trainCode(document, plan, {
      head,
      model,
      optimizer,
      ratesDiffer: groups.some((line) => line.includes('rate_factor')),
      penalized: penalty !== null,
      constrained: constraints.length > 0,
      gradients: changed.call,
      averaging: pytorchAveraging(plan),
      stopping,
      plateau: plateau?.construction ?? null,
      augmented: augmentation.changes,
    }),
    MAIN,
  ]
  return joinParts([
    `${docstring(document, { framework: 'PyTorch', needs: 'torch and numpy', data })}

${importLines([...data.imports, ...moduleImports(definitions)], ['import numpy as np', 'import torch', 'import torch.nn.functional as F', 'from torch import nn'])}

${constants(document, plan, stopping)}
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"

torch.manual_seed(SEED)`,
    ...definitions,
  ])
}

/** `model.dense1.weight`. */
function tensors(plan: TrainingPlan, weights: readonly TorchWeight[], wanted: (fullName: string) => boolean): string[] {
  const names = new Map(weights.map(({ source, name }) => [source, `model.${name}`]))
  return plan.layout.weights.filter(({ fullName }) => wanted(fullName)).map(({ fullName }) => names.get(fullName) ?? fullName)
}

/** `groups = …`: what is trained, apart by rate and decay. */
function optimizerGroups(plan: TrainingPlan, weights: readonly TorchWeight[], { decay, decaysItself }: PytorchOptimizerCode): string[] {
  const trained = '[each for each in model.parameters() if each.requires_grad]'
  const key = decaysItself ? 'weight_decay' : 'decay'
  const treatments = treatmentsOf(plan)
  if (treatsAlike(plan)) {
    if (decay === 0) return [`groups = ${trained}`]
    const kernels = new Set(plan.layout.weights.filter(({ role, fullName }) => role === 'kernel' && treatments.get(fullName)?.frozen !== true).map(({ fullName }) => fullName))
    return [
      `kernels = [${tensors(plan, weights, (name) => kernels.has(name)).join(', ')}]`,
      'others = [each for each in model.parameters() if each.requires_grad and all(each is not kernel for kernel in kernels)]',
      `groups = [{"params": kernels, "${key}": ${python(decay)}}, {"params": others, "${key}": 0}]`,
    ]
  }
  const groups = new Map<string, string[]>()
  const ratesDiffer = [...treatments.values()].some(({ rateFactor, frozen }) => rateFactor !== 1 && !frozen)
  for (const { fullName } of plan.layout.weights) {
    const { rateFactor = 1, decays = false, frozen = false } = treatments.get(fullName) ?? {}
    if (frozen) continue
    const settings = [
      ...(ratesDiffer ? [`"lr": LEARNING_RATE${rateFactor === 1 ? '' : ` * ${python(rateFactor)}`}`, `"rate_factor": ${python(rateFactor)}`] : []),
      ...(decay === 0 ? [] : [`"${key}": ${decays ? python(decay) : '0'}`]),
    ].join(', ')
    groups.set(settings, [...(groups.get(settings) ?? []), ...tensors(plan, weights, (name) => name === fullName)])
  }
  return ['groups = [', ...[...groups].map(([settings, members]) => indent(`{"params": [${members.join(', ')}], ${settings}},`)), ']']
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

function predictCode(head: Head): string {
  return `def outputs_of(model, x):
    """The model’s outputs for all rows of \`x\`."""
    model.eval()
    with torch.no_grad():
        return torch.cat([model(batch) for batch in torch.as_tensor(x, device=DEVICE).split(256)])


def predict(model, x):
    """${head.activation === null ? 'What the model gives, in NumPy.' : 'Probabilities: the model gives logits.'}"""
    return ${activated(head, 'pytorch', 'outputs_of(model, x)')}.cpu().numpy()`
}

function evaluateCode(scored: boolean): string {
  return `def evaluate(model, part):
    """Mean loss of a part${scored ? ', and the document’s metrics' : ''}."""
    x, y = part
    loss = float(loss_of(outputs_of(model, x), torch.as_tensor(y, device=DEVICE)))
    return {"loss": loss${scored ? ', **scores(predict(model, x), y)' : ''}}`
}

const MAIN = `def main():
    training, validation, test = load_data()
    model = Model()
    print(model)
    train(model, training, validation)
    for name, part in (("validation", validation), ("test", test)):
        if part is not None:
            print(name, evaluate(model, part))


if __name__ == "__main__":
    main()`
