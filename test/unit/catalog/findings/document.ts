import { findings } from '@shared/catalog/findings'

/** docs/findings.md, from the definitions. */
export function findingsDocument(): string {
  const parts = findings.map(({ title, severity, help, threshold, source, effectOf }) =>
    [
      `## ${title.en} (${title['zh-CN']})`,
      `${help.en}`,
      `- **Told when** ${threshold.en[0].toLowerCase()}${threshold.en.slice(1)}`,
      `- **Kind**: ${severity}${effectOf === undefined ? '' : `; not told beside ${effectOf.map((cause) => (cause === 'problem' ? 'any problem' : (findings.find(({ type }) => type === cause)?.title.en ?? cause).toLowerCase())).join(', ')}`}`,
      `- **Source**: ${source}`,
    ].join('\n\n').replaceAll('\n\n- ', '\n- ').replace(`\n- **Told`, `\n\n- **Told`),
  )
  return `# Findings

This page is generated from the definitions in \`src-shared/catalog/findings\`; a test fails when it is stale (\`npx vitest run test/unit/catalog/findings -u\` writes it anew). A finding is told in the window and by \`descent show RUN\`; each comes with changed experiments to try. Most need [diagnostics](diagnostics.md); those about curves do not.

${parts.join('\n\n')}
`
}
