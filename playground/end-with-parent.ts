/** Preloaded by every child process: ends it when its parent is gone, even by `kill -9`. */
process.once('disconnect', () => process.exit())
process.channel?.unref()
