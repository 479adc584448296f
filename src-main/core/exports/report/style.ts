/** The page's style; also for paper and dark screens. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1c1e21; --soft: #5b6370; --line: #d8dce2; --page: #fff; --shade: 0, 114, 178; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e8eb; --soft: #a2abb8; --line: #3a404a; --page: #16181c; --shade: 86, 180, 233; } }
@media print { :root { --text: #000; --page: #fff; } details { display: none; } figure, table { break-inside: avoid; } }
body { margin: 0 auto; max-width: 960px; padding: 24px; background: var(--page); color: var(--text); font: 14px/1.5 system-ui, sans-serif; font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
h1 { margin: 0; font-size: 24px; } h2 { margin: 28px 0 8px; font-size: 17px; }
.soft, figcaption, .legend, th { color: var(--soft); font-weight: 400; }
table { border-collapse: collapse; } td { white-space: nowrap; } .facts td { white-space: normal; } th, td { padding: 3px 10px; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top; }
th:first-child, .facts td { text-align: left; } .facts td { overflow-wrap: anywhere; } .facts th, .facts td.name, .facts td.soft { white-space: nowrap; text-align: left; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(380px, 100%), 1fr)); gap: 16px; } figure { margin: 0; } figure > svg { width: 100%; }
svg text { fill: var(--soft); font-size: 12px; } .grid { stroke: var(--line); } .end { text-anchor: end; } .middle { text-anchor: middle; }
.legend { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 4px 0 0; font-size: 12px; }
.matrix, .wide { overflow-x: auto; } .wide .facts { margin-top: 12px; } .wide .facts td:nth-child(3) { min-width: 8em; } .matrix td, .matrix th { padding: 4px 8px; text-align: center; } .matrix th[scope=row] { text-align: right; }
pre { overflow-x: auto; padding: 12px; border: 1px solid var(--line); font-size: 12px; } .problem { padding: 6px 10px; border-left: 3px solid #d55e00; }
`
