import type { Rule } from '../migration/migration.ts'

/** The rule that is in force for what is asked now: one approval by somebody whom it names. */
export function ruleInForce(approvers: string[]): Rule {
  return { approvers, approvals: 1 }
}
