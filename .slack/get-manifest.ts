/** Prints manifest.yml as the JSON that the Slack CLI asks for. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

console.log(
  JSON.stringify(parse(readFileSync(new URL('../manifest.yml', import.meta.url), 'utf8'))),
)
