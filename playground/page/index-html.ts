import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'

/** The page with a preload link for each module, so that the browser fetches them all at once. */
export async function indexHtml(html: string, folder: string): Promise<string> {
  const files = await readdir(folder, { recursive: true })
  const modules = files
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `    <link rel="modulepreload" href="/${file.replaceAll('\\', '/')}" />\n`)
  return html.replace('  </head>', `${modules.join('')}  </head>`)
}

/** Allows nothing from elsewhere; the import map has to be inline and is allowed by its hash. */
export function policyOf(html: string): string {
  const [, map = ''] = /<script type="importmap">([^<]*)<\/script>/.exec(html) ?? []
  const hash = createHash('sha256').update(map).digest('base64')
  return (
    `default-src 'self'; script-src 'self' 'sha256-${hash}'; img-src 'self' data:; ` +
    `frame-ancestors 'none'; base-uri 'none'; form-action 'none'`
  )
}
