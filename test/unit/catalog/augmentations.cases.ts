import type { Choice } from '@shared/catalog/choice'

/** Every augmentation, and one whose strength is nothing: it leaves samples as they are. */
export const augmentationCases: readonly { readonly type: string; readonly nothing: Choice | null; readonly strong: Choice }[] = [
  { type: 'flip', nothing: { type: 'flip', probability: 0 }, strong: { type: 'flip', vertical: true } },
  { type: 'shift', nothing: { type: 'shift', horizontal: 0, vertical: 0 }, strong: { type: 'shift', horizontal: 0.3, vertical: 0.2 } },
  { type: 'rotate', nothing: { type: 'rotate', degrees: 0 }, strong: { type: 'rotate', degrees: 180, fill: 'reflect' } },
  { type: 'zoom', nothing: { type: 'zoom', amount: 0 }, strong: { type: 'zoom', amount: 0.5, fill: 'zeros' } },
  { type: 'elastic', nothing: { type: 'elastic', displacement: 0 }, strong: { type: 'elastic', displacement: 2 } },
  { type: 'noise', nothing: { type: 'noise', deviation: 0 }, strong: { type: 'noise', deviation: 0.5 } },
  { type: 'randomErasing', nothing: { type: 'randomErasing', probability: 0 }, strong: { type: 'randomErasing', probability: 1 } },
  { type: 'cutout', nothing: null, strong: { type: 'cutout', size: 3 } },
  { type: 'mixup', nothing: null, strong: { type: 'mixup', alpha: 1 } },
]
