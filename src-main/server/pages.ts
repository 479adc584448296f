/** The few pages that the server writes itself. None of them holds anything that came from a request. */

function page(title: string, ...paragraphs: readonly string[]): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title>
<style>:root{color-scheme:light dark}body{font:15px/1.6 system-ui,sans-serif;max-width:40em;margin:15vh auto;padding:0 1em}code{background:#8883;padding:0 .3em}</style>
</head>
<body><h1>${title}</h1>${paragraphs.map((each) => `<p>${each}</p>`).join('')}</body>
</html>
`
}

export const TOKEN_PAGE = page(
  'Descent does not know this browser',
  'Open the address that <code>descent serve</code> printed in the terminal, with its token: it works until that program ends. If it was started again, it printed a new one.',
  '<span lang="zh-CN">请打开终端中 <code>descent serve</code> 输出的带 token 的地址；程序重新启动后会输出新的地址。</span>',
)

export const UNBUILT_PAGE = page(
  'The window is not built',
  'Run <code>npm run build</code> in the folder of Descent, then reload this page.',
  '<span lang="zh-CN">请在 Descent 的文件夹中运行 <code>npm run build</code>，然后刷新本页。</span>',
)

export const MISSING_PAGE = page('There is no such page', '<a href="/">Descent</a>')

/** Goes on to the window from a page of the server's own, so that the browser sends the strict cookie along. */
export const ENTER_PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=/"><title>Descent</title></head></html>
`
