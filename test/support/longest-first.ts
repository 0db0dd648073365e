import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * The files that take longest, in the order in which they begin: those that mostly compute beside those
 * that mostly wait. Whatever is not here follows.
 */
const LONGEST = [
  'faults/matrix-dts.test.ts',
  'faults/matrix-skip.test.ts',
  'faults/kill.test.ts',
  'faults/crash-points.test.ts',
  'simulation/simulation.test.ts',
  'faults/paused.test.ts',
  'faults/chaos.test.ts',
  'faults/crash-points-operations.test.ts',
  'faults/matrix-slack.test.ts',
  'stories/out-of-sight.test.ts',
  'stories/slack-trouble.test.ts',
  'migration/every-sequence.test.ts',
]

/** Otherwise the longest of them would run alone at the end. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((one, other) => rank(one) - rank(other))
  }
}

function rank({ moduleId }: TestSpecification): number {
  const place = LONGEST.findIndex((file) => moduleId.endsWith(file))
  return place < 0 ? LONGEST.length : place
}
