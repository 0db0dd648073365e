/** Prints manifest.yml as the JSON that the Slack CLI wants of its hook `get-manifest`. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

const file = new URL('../manifest.yml', import.meta.url)
console.log(JSON.stringify(parse(readFileSync(file, 'utf8'))))
