import { readFile, stat } from 'node:fs/promises'
import { stripTypeScriptTypes } from 'node:module'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { indexHtml, policyOf } from './index-html.ts'

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

/** Fonts that a machine may lack: for the bot's symbols, and for DTS's Chinese. */
const FONTS: Record<string, string> = {
  '/fonts/emoji/': '@fontsource/noto-emoji/',
  '/fonts/chinese/': '@fontsource-variable/noto-sans-sc/',
}

const read = new Map<string, { changed: number; file: File }>()

/** A file of the page by its path; TypeScript is served with its types stripped. */
export async function pageFile(path: string): Promise<File | undefined> {
  const name = path === '/' ? '/index.html' : path
  const place = /^(\/[a-z0-9][\w-]*)+\.[a-z0-9]+$/.test(name) ? placeOf(name) : undefined
  if (!place) return undefined
  try {
    const { mtimeMs: changed } = await stat(place)
    const known = read.get(name)
    if (known?.changed === changed) return known.file
    const file = await served(extname(name), await readFile(place))
    if (file) read.set(name, { changed, file })
    return file
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

async function served(extension: string, body: Buffer): Promise<File | undefined> {
  const type = TYPES[extension]
  if (!type) return undefined
  switch (extension) {
    case '.ts':
      return { type, body: Buffer.from(stripTypeScriptTypes(body.toString('utf8'))) }
    case '.html': {
      const html = await indexHtml(body.toString('utf8'), BROWSER)
      return { type, body: Buffer.from(html), policy: policyOf(html) }
    }
    default:
      return { type, body }
  }
}
