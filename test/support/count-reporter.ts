import type { Reporter } from 'vitest/node'

/** Ends a run with one plain line that any CI can read. */
export const countReporter: Reporter = {
  onTestRunEnd(modules) {
    const states = modules.flatMap((file) =>
      [...file.children.allTests()].map((test) => test.result().state),
    )
    const broken = modules.filter((file) => file.state() === 'failed' && file.errors().length > 0)
    const passed = states.filter((state) => state === 'passed').length
    const failed = states.filter((state) => state === 'failed').length + broken.length
    console.log(`${passed} passed, ${failed} failed`)
  },
}
