import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

export type Packed = { executablePath: string; env: Record<string, string> }

/**
 * The Chromium of the npm package, unpacked once for the machine (200 MB in the temporary folder),
 * with its fonts and the two libraries that a bare Linux lacks.
 */
export async function packedChromium(): Promise<Packed> {
  const home = join(tmpdir(), 'dts-playground-chromium-153')
  if (!existsSync(home)) await unpack(home)
  return {
    executablePath: join(home, 'chromium'),
    env: {
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(home, 'fonts.conf'),
    },
  }
}

/** Whole or not at all: several test files may want it at once. */
async function unpack(home: string): Promise<void> {
  const folder = await mkdtemp(`${home}-`)
  // The package unpacks into the temporary folder of its process, wherever that is.
  const script = join(import.meta.dirname, 'unpack-chromium.ts')
  const env = { ...process.env, TMPDIR: folder }
  await promisify(execFile)(process.execPath, [script], { env })
  const fonts = `<dir>${home}/fonts</dir><cachedir>${home}/fonts-cache</cachedir>`
  await writeFile(join(folder, 'fonts.conf'), `<fontconfig>${fonts}</fontconfig>`)
  try {
    await rename(folder, home)
  } catch (error) {
    await rm(folder, { recursive: true })
    if (!existsSync(home)) throw error
  }
}
