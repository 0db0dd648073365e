import { Module, createRequire } from 'node:module'

/*
 * Bolt loads what any app may want: the Socket Mode client, OAuth, Express. With what these need that
 * is two files of three. Here `require` finds a stand-in for each in its cache before it looks for the
 * package (https://nodejs.org/api/modules.html#requirecache).
 */

const require = createRequire(import.meta.url)
const requireOfBolt = createRequire(require.resolve('@slack/bolt'))

for (const unused of ['@slack/oauth', 'express']) standIn(unused, {})

const socketMode = standIn('@slack/socket-mode', {
  /** Loads the package, when the first connection is made. Over HTTP that is never. */
  get SocketModeClient() {
    if (require.cache[socketMode.id] === socketMode) delete require.cache[socketMode.id]
    return (require(socketMode.id) as { SocketModeClient: unknown }).SocketModeClient
  },
})

export const bolt = require('@slack/bolt') as typeof import('@slack/bolt')

/** What was loaded before stays. */
function standIn(name: string, exports: object): Module {
  const module = new Module(requireOfBolt.resolve(name))
  Object.assign(module, { loaded: true, exports })
  require.cache[module.id] ??= module
  return module
}
