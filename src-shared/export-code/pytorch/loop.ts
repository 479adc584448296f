import type { TrainingPlan } from '@shared/compile'
import type { ExperimentDocument } from '@shared/spec'
import type { PytorchOptimizerCode } from '../optimizer/pytorch'
import { indent } from '../python/literal'
import type { AveragingCode } from '../training/averaging'
import { dueWithin, looksOf, type Looks } from '../training/evaluation'
import { rulesLines, type StoppingCode } from '../training/stopping'
import { isConstant } from '../training/schedule'
import { activated, type Head } from '../training/head'
import type { TorchModel } from './lower'

/** What the training loop is put together from. */
export interface LoopParts {
  readonly head: Head
  readonly model: Pick<TorchModel, 'still' | 'penalizesActivity'>
  readonly optimizer: PytorchOptimizerCode
  /** Whether groups of parameters have rates of their own. */
  readonly ratesDiffer: boolean
  readonly penalized: boolean
  readonly constrained: boolean
  /** Calls between `backward()` and `step()`. */
  readonly gradients: readonly string[]
  readonly averaging: AveragingCode
  readonly stopping: StoppingCode
  /** How `Plateau` is made; null for schedules that follow a plan. */
  readonly plateau: string | null
  /** Whether rows are changed, and whether their targets are, too. */
  readonly augmented: 'rows' | 'both' | null
}

/** `train(model, training, validation)`. */
export function trainCode(document: ExperimentDocument, plan: TrainingPlan, parts: LoopParts): string {
  const { training } = document
  const looks = looksOf(plan)
  const { stopping, averaging, plateau } = parts
  const within = dueWithin(document, 'step', 'start + batch_size < len(x)')
  const ends = stopping.rules.length > 0 || stopping.steps !== null || stopping.seconds !== null
  const scheduled = !isConstant(training.schedule)
  const before = [
    'x, y = (torch.as_tensor(each, device=DEVICE) for each in training)',
    'model.to(DEVICE)',
    'optimizer = make_optimizer(model)',
    'batch_size = BATCH_SIZE or len(x)',
    'steps_per_epoch = -(-len(x) // batch_size)',
    stopping.steps === null ? 'total_steps = EPOCHS * steps_per_epoch' : 'total_steps = min(EPOCHS * steps_per_epoch, STEPS)',
    ...averaging.before,
    ...(plateau === null ? [] : [`plateau = ${plateau}`]),
    ...rulesLines(stopping),
    ...(stopping.seconds === null ? [] : ['begun = time.monotonic()']),
  ]
  // An epoch may end before its last row.
  const partial = stopping.steps !== null || stopping.seconds !== null || (within !== null && stopping.rules.length > 0)
  const counters: readonly (readonly [string, string])[] = [['total', '0.0'], ...(partial ? [['rows', '0'] as const] : []), ...(looks.gradientNorm ? [['norms', '[]'] as const] : []), ...(looks.metrics ? [['answers', '[]'] as const] : [])]
  const begin = [
    `order = ${training.shuffle ? 'torch.randperm(len(x), device=DEVICE)' : 'torch.arange(len(x), device=DEVICE)'}`,
    `${counters.map(([name]) => name).join(', ')} = ${counters.map(([, start]) => start).join(', ')}`,
  ]
  const end = [
    `losses.append(total / ${partial ? 'rows' : 'len(x)'})`,
    'print(f"epoch {epoch + 1}: loss {losses[-1]:.6f}")',
    ...evaluation(document, parts, { label: 'epoch {epoch + 1}', recorded: epochRecords(parts.head, looks, partial), scheduled }),
    ...(ends ? ['if stop:', '    break'] : []),
  ]
  const stops = [
    ...(stopping.steps === null ? [] : ['step == STEPS']),
    ...(stopping.seconds === null ? [] : ['time.monotonic() - begun >= SECONDS']),
  ]
  const update = [
    ...updateLines(document, plan, parts, partial),
    ...(within === null ? [] : [`if ${within}:`, ...evaluation(document, parts, { label: 'step {step}', recorded: [], scheduled }).map((line) => indent(line))]),
    ...(stops.length === 0 ? [] : [`if ${stops.join(' or ')}:`, '    stop = True']),
    ...(partial ? ['if stop:', '    break'] : []),
  ]
  const needed = unused([...before, ...begin, ...end, ...update])
  return `def train(model, training, validation=None):
    """Trains in place; returns the mean loss of each epoch, penalties left out."""
${indent(before.filter(needed).join('\n'))}
    losses, step${ends ? ', stop' : ''} = [], 0${ends ? ', False' : ''}
    for epoch in range(EPOCHS):
${indent(begin.join('\n'), 2)}
        for start in range(0, len(x), batch_size):
${indent(update.join('\n'), 3)}
${indent(end.join('\n'), 2)}
${averaging.evaluated === 'model' ? '' : `    model.load_state_dict(${averaging.evaluated}.state_dict())\n`}${stopping.restores ? `    for _, rule in rules:\n        if isinstance(rule, EarlyStopping):\n            rule.restore(model)\n` : ''}    return losses`
}

/** Leaves out lines that set what nothing reads. */
function unused(lines: readonly string[]): (line: string) => boolean {
  const names = ['total_steps', 'steps_per_epoch']
  const reads = (name: string, among: readonly string[]): boolean => among.some((line) => new RegExp(`\\b${name}\\b`).test(line) && !line.startsWith(`${name} = `))
  const left = names.reduce<readonly string[]>((kept, name) => (reads(name, kept) ? kept : kept.filter((line) => !line.startsWith(`${name} = `))), lines)
  return (line) => left.includes(line)
}

function updateLines(document: ExperimentDocument, plan: TrainingPlan, { model, optimizer, ratesDiffer, penalized, constrained, gradients, averaging, plateau, augmented }: LoopParts, partial: boolean): string[] {
  const { schedule } = document.training
  const scheduled = !isConstant(schedule)
  const looks = looksOf(plan)
  const rate = `${scheduled ? 'learning_rate(step, steps_per_epoch)' : 'LEARNING_RATE'}${plateau === null ? '' : ' * plateau.share'}`
  const perGroup = [
    ...(scheduled || plateau !== null ? [`group["lr"] = rate${ratesDiffer ? ' * group["rate_factor"]' : ''}`] : []),
    ...(optimizer.cycle === null ? [] : [optimizer.cycle]),
  ]
  const late = model.still.filter(({ after }) => after > 0)
  const penalties = [...(penalized ? ['penalty(model)'] : []), ...(model.penalizesActivity ? ['model.activity'] : [])]
  const targets = augmented === 'both' ? 'targets' : 'y[batch]'
  const inputs = augmented === null ? 'x[batch]' : augmented === 'rows' ? 'augment(x[batch])' : 'inputs'
  return [
    'model.train()',
    ...model.still.filter(({ after }) => after === 0).map(({ module }) => `model.${module}.eval()`),
    ...late.flatMap(({ module, after }) => [`if step >= ${String(after)}:`, `    model.${module}.eval()`]),
    'batch = order[start : start + batch_size]',
    ...(scheduled || plateau !== null ? [`rate = ${rate}`] : []),
    ...(optimizer.cycle === null ? [] : ['mu = momentum(step, steps_per_epoch)']),
    ...(perGroup.length === 0 ? [] : ['for group in optimizer.param_groups:', ...perGroup.map((line) => indent(line))]),
    ...(optimizer.looksAhead ? ['optimizer.look_ahead(1)'] : []),
    ...(augmented === 'both' ? ['inputs, targets = augment(x[batch], y[batch])'] : []),
    ...(looks.metrics ? [`outputs = model(${inputs})`, `loss = loss_of(outputs, ${targets})`] : [`loss = loss_of(model(${inputs}), ${targets})`]),
    'optimizer.zero_grad()',
    `${penalties.length > 0 ? `(${['loss', ...penalties].join(' + ')})` : 'loss'}.backward()`,
    ...(looks.gradientNorm ? ['norms.append(sum(each.grad.square().sum() for each in model.parameters() if each.grad is not None).sqrt().item())'] : []),
    ...gradients,
    ...(optimizer.looksAhead ? ['optimizer.look_ahead(-1)'] : []),
    ...(optimizer.decay === 0 || optimizer.decaysItself ? [] : ['with torch.no_grad():', '    for group in optimizer.param_groups:', '        for weight in group["params"]:', '            weight.mul_(1 - group["lr"] * group["decay"])']),
    'optimizer.step()',
    ...(constrained ? ['constrain(model)'] : []),
    'total += loss.item() * len(batch)',
    ...(partial ? ['rows += len(batch)'] : []),
    ...(looks.metrics ? ['answers.append(outputs.detach())'] : []),
    'step += 1',
    ...averaging.each,
  ]
}

/** What an epoch itself records, as entries of a dict. */
function epochRecords(head: Head, looks: Looks, partial: boolean): readonly string[] {
  return [
    ...(looks.loss ? ['"epoch.loss": losses[-1]'] : []),
    ...(looks.gradientNorm ? ['"epoch.gradientNorm": sum(norms) / len(norms)'] : []),
    ...(looks.metrics ? [`**{f"epoch.{name}": value for name, value in scores(${activated(head, 'pytorch', 'torch.cat(answers)')}.cpu().numpy(), y[order${partial ? '[:rows]' : ''}].cpu().numpy()).items()}`] : []),
  ]
}

/** Shows the validation part, and what depends on it. */
function evaluation(document: ExperimentDocument, { averaging, stopping, plateau }: LoopParts, { label, recorded, scheduled }: { readonly label: string; readonly recorded: readonly string[]; readonly scheduled: boolean }): string[] {
  const evaluated = `evaluate(${averaging.evaluated}, validation)`
  if (stopping.rules.length === 0 && plateau === null) return ['if validation is not None:', `    print(f"${label}:", ${evaluated})`]
  const monitor = document.training.schedule?.monitor
  return [
    `recorded = {${recorded.join(', ')}}`,
    'if validation is not None:',
    `    found = ${evaluated}`,
    `    print(f"${label}:", found)`,
    '    recorded |= {f"val.{name}": value for name, value in found.items()}',
    ...(plateau === null ? [] : [`if ${JSON.stringify(monitor)} in recorded:`, `    plateau.look(recorded[${JSON.stringify(monitor)}], ${scheduled ? 'learning_rate(step, steps_per_epoch)' : 'LEARNING_RATE'})`]),
    ...(stopping.rules.length === 0 ? [] : [`stop = ended(rules, recorded, ${averaging.evaluated}) or stop`]),
  ]
}
