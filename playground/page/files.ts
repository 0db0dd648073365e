import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export type File = { type: string; body: Buffer; policy?: string }

const BROWSER = join(import.meta.dirname, 'browser')
const NODE_MODULES = join(import.meta.dirname, '../../node_modules')
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ts': 'text/javascript; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
}
/** The libraries of the page, as their packages bring them. */
const MODULES: Record<string, string> = {
  'preact.js': 'preact',
  'preact-hooks.js': 'preact/hooks',
  'htm.js': 'htm',
  'htm-preact.js': 'htm/preact',
}

/** Fonts for what a machine may lack: the signs of the bot, the Chinese of DTS. */
const FONTS: Record<string, string> = {
  '/fonts/emoji/': '@fontsource/noto-color-emoji/',
  '/fonts/chinese/': '@fontsource-variable/noto-sans-sc/',
}

/** A file of the page by its address; TypeScript comes without its types. */
export async function pageFile(path: string): Promise<File | undefined> {
  const name = path === '/' ? '/index.html' : path
  const type = TYPES[extname(name)]
  const place = /^(\/[a-z0-9][\w-]*)+\.[a-z0-9]+$/.test(name) ? placeOf(name) : undefined
  if (!type || !place) return undefined
  try {
    return served(extname(name), type, await readFile(place))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function placeOf(name: string): string | undefined {
  if (name.startsWith('/modules/')) {
    const module = MODULES[name.slice('/modules/'.length)]
    return module && fileURLToPath(import.meta.resolve(module))
  }
  const font = Object.keys(FONTS).find((prefix) => name.startsWith(prefix))
  if (font) return join(NODE_MODULES, FONTS[font] ?? '', name.slice(font.length))
  return join(BROWSER, name)
}

function served(extension: string, type: string, body: Buffer): File {
  switch (extension) {
    case '.ts':
      return { type, body: Buffer.from(stripTypeScriptTypes(body.toString('utf8'))) }
    case '.html':
      return { type, body, policy: policyOf(body.toString('utf8')) }
    default:
      return { type, body }
  }
}

/** Nothing is loaded from elsewhere; the import map, which has to be inline, is known by its hash. */
function policyOf(html: string): string {
  const [, map = ''] = /<script type="importmap">([^<]*)<\/script>/.exec(html) ?? []
  const hash = createHash('sha256').update(map).digest('base64')
  return (
    `default-src 'self'; script-src 'self' 'sha256-${hash}'; img-src 'self' data:; ` +
    `frame-ancestors 'none'; base-uri 'none'; form-action 'none'`
  )
}
