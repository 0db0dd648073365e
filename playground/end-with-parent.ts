/** Loaded before anything else by every child process: it ends when its parent is gone, killed or not. */
process.once('disconnect', () => process.exit())
process.channel?.unref()
