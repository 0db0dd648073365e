/*
 * What `npm start` runs: everything that makes main.ts start quickly and idle lightly. JavaScript, since
 * Node reads it before compiled code is kept: TypeScript would load a compiler, which stays (18 MB).
 */
import { enableCompileCache, flushCompileCache, registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

// Beside the code that it is made of, so that who may change one may change the other. Where the bot
// may not write, nothing is kept; NODE_COMPILE_CACHE names another folder.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/dts-bot', import.meta.url)))

const hooks = registerHooks({ resolve: resolveAsWritten })
await import('./main.ts')
hooks.deregister()
setTimeout(settle, 1_000).unref()

/** Kysely and zod name whole files in 1,500 imports, and Node would look each of them up on disk. */
function resolveAsWritten(specifier, context, next) {
  const whole = /\/node_modules\/(kysely|zod)\/.*\.js$/.test(context.parentURL)
  if (!whole || !specifier.startsWith('.')) return next(specifier, context)
  return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true }
}

/** Gives back the memory that only loading needed; V8 would keep it until the bot is busy. */
function settle() {
  flushCompileCache()
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  setFlagsFromString('--no-expose-gc')
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
