import type { Language } from './issues'

/** Words within formulas, `\text{…}`, in Chinese. Names of dialects and values stay, as they do in forms. */
export const FORMULA_WORDS: Readonly<Record<string, string>> = {
  '(DropConnect:': '(DropConnect：',
  '(higher is better)': '（越高越好）',
  '(lower is better)': '（越低越好）',
  'after a share': '训练进行到',
  and: '与',
  'around it': '（四周）',
  at: '于',
  categories: '类别',
  centered: '中心化方差',
  evaluations: '次评估',
  for: '持续',
  given: '满足',
  'in a rectangle of area': '在矩形内，其面积为',
  'in an': '在',
  'in place of': '代替',
  'inside the image': '（图像内）',
  labels: '标签',
  numbers: '数值',
  'of the run, every': '之后，每隔',
  'of unit variance': '的方差为 1',
  once: '当',
  or: '或',
  otherwise: '其余情形',
  pixels: '像素',
  range: '范围',
  'square at': '方块内，中心为',
  'staircase:': '阶梯式：',
  student: '学生',
  teacher: '教师',
  'times in a row': '次（连续）',
  'with probability': '，概率为',
}

/** The formula with its words in a language. */
export function formulaIn(latex: string, language: Language): string {
  if (language === 'en') return latex
  return latex.replace(/\\text\{(\s*)([^{}]*?)(\s*)\}/g, (_, before: string, words: string, after: string) => `\\text{${before}${FORMULA_WORDS[words] ?? words}${after}}`)
}
