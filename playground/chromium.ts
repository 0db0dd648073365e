import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'
import { packedChromium } from './packed-chromium.ts'

const INSTALLED = [
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * A headless browser: `CHROMIUM_PATH`, an installed Chrome or Chromium, or on Linux the one in an
 * npm package. Throws with a sentence when there is none.
 */
export async function startBrowser(): Promise<Browser> {
  const named = process.env['CHROMIUM_PATH']
  const installed = named ?? INSTALLED.find((path) => existsSync(path))
  // As root there is no sandbox; only our own page on the loopback is opened.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  try {
    if (installed) return await chromium.launch({ executablePath: installed, args })
    if (process.platform !== 'linux') throw new Error('not on Linux')
    return await launchPacked(args)
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)
    throw new Error(
      `No browser could be started (${why}). Install Chrome or Chromium, or name one in CHROMIUM_PATH.`,
      { cause: error },
    )
  }
}

async function launchPacked(args: string[]): Promise<Browser> {
  const { executablePath, env } = await packedChromium()
  return chromium.launch({
    executablePath,
    args: [...args, '--no-zygote', '--disable-gpu'],
    env: { ...process.env, ...env },
  })
}
