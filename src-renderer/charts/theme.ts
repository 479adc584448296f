/** Colors of a chart's furniture; follow the variables in styles/index.css. */
export interface ChartTheme {
  readonly text: string
  readonly soft: string
  readonly line: string
  readonly surface: string
}

export const LIGHT: ChartTheme = { text: '#1c2430', soft: '#525c6b', line: '#d5d9e0', surface: '#ffffff' }
export const DARK: ChartTheme = { text: '#e6e9ee', soft: '#a7b0bd', line: '#38404d', surface: '#1b2028' }

/** A canvas inherits no font: the one of styles/index.css. */
export const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"

/** How every tooltip looks: text, since names are not ours, at once and within the chart. */
export function plainTooltip(theme: ChartTheme) {
  return { confine: true, renderMode: 'richText', transitionDuration: 0, backgroundColor: theme.surface, borderColor: theme.line, textStyle: { color: theme.text, fontSize: 12 } } as const
}
