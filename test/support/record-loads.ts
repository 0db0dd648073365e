/** For `--import`: adds the URL of every module that the process loads to the file in LOADS. */
import { appendFileSync } from 'node:fs'
import { registerHooks } from 'node:module'

const { LOADS = '' } = process.env

registerHooks({
  load(url, context, nextLoad) {
    appendFileSync(LOADS, `${url}\n`)
    return nextLoad(url, context)
  },
})
