import type { Operation } from '../operation.ts'

/**
 * `SkipCheckItem` of 2021-12-06: items of a check that did not pass are left out. Only the check shows
 * whether it took effect, so the job alone proves nothing: see ../skip.ts. What could hurt differs from
 * item to item, in DTS's own words.
 */
export const skip: Operation = {
  action: 'skip',
  begins: true,
  tookEffect: () => undefined,
  actsFrom: (since) => since,
  hurts: () => [],
  modes: () => [],
}
