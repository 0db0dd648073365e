import type { Action } from './action.ts'
import { ACTIONS as ACTIONS_2018 } from './v20180330/actions.ts'
import { ACTIONS as ACTIONS_2021 } from './v20211206/actions.ts'
import type { Version } from './version.ts'

/** The action of that name; undefined when the version has none. */
export function findAction(version: Version, name: string): Action | undefined {
  const actions = TABLES[version]
  return Object.hasOwn(actions, name) ? actions[name] : undefined
}

const TABLES: Record<Version, Record<string, Action>> = {
  '2018-03-30': ACTIONS_2018,
  '2021-12-06': ACTIONS_2021,
}
