/** Unpacks the browser of the npm package into the temporary folder of this process. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import packed, { inflate } from '@sparticuz/chromium'

const build = dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium')))
await packed.executablePath()
await inflate(join(build, '../bin/al2023.tar.br'))
