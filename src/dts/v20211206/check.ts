/** Reads the answers of DTS API 2021-12-06 about a check. */
import type { Check, CheckItem, Context, Fields } from '../api.ts'
import { fields, flag, list, text } from '../lenient.ts'
import type { Scrub } from '../scrub.ts'
import { helpLink } from './help-link.ts'

const detail = fields((raw) => ({
  CheckResult: text(raw.CheckResult),
  FailureReason: text(raw.FailureReason),
  Solution: text(raw.Solution),
  ErrorLog: list(raw.ErrorLog, text),
  HelpDoc: list(raw.HelpDoc, text),
  SkipInfo: text(raw.SkipInfo),
}))

const step = fields((raw) => ({
  StepId: text(raw.StepId),
  StepName: text(raw.StepName),
  StepStatus: text(raw.StepStatus),
  StepMessage: text(raw.StepMessage),
  DetailCheckItems: list(raw.DetailCheckItems, detail),
  HasSkipped: flag(raw.HasSkipped),
}))

const rawCheck = fields((raw) => ({
  Status: text(raw.Status),
  BriefMsg: text(raw.BriefMsg),
  CheckFlag: text(raw.CheckFlag),
  StepInfo: list(raw.StepInfo, step),
}))

export function readCheck(response: Fields, { scrub }: Context): Check {
  const { Status, BriefMsg, CheckFlag, StepInfo } = rawCheck(response)
  const items = StepInfo.slice(0, MOST_ITEMS).flatMap((one) => itemOf(one, scrub) ?? [])
  return {
    state: stateOf(Status, CheckFlag),
    message: BriefMsg && scrub.text(BriefMsg),
    items,
  }
}

const MOST_ITEMS = 100

/** The flag decides, whatever the items say: an item that failed may have been skipped. */
function stateOf(status: string | undefined, flagged: string | undefined): Check['state'] {
  if (status === 'running') return 'running'
  if (status !== 'success' && status !== 'failed') return 'notStarted'
  return flagged === 'checkPass' ? 'passed' : 'notPassed'
}

/** Undefined for one that says nothing. */
function itemOf(raw: ReturnType<typeof step>, scrub: Scrub): CheckItem | undefined {
  const { StepId, StepName, HasSkipped: skipped = false } = raw
  if (!StepId && !StepName) return undefined
  const id = idOf(StepId, scrub)
  const unwell = raw.DetailCheckItems.filter(({ CheckResult }) => CheckResult !== 'pass')
  const shown = (texts: (string | undefined)[]): string | undefined => {
    const given = [...new Set(texts.filter((one) => one !== undefined))]
    return given.length > 0 ? scrub.text(given.slice(0, MOST_TEXTS).join('\n')) : undefined
  }
  const reasons = unwell.flatMap(({ FailureReason, ErrorLog }) => FailureReason ?? ErrorLog)
  const skipRisk = shown(unwell.map(({ SkipInfo }) => SkipInfo))
  return {
    id,
    name: scrub.text(StepName ?? id),
    outcome: OUTCOMES.get(raw.StepStatus) ?? 'unknown',
    reason: shown(reasons.length > 0 ? reasons : [raw.StepMessage]),
    solution: shown(unwell.map(({ Solution }) => Solution)),
    helpDoc: unwell
      .flatMap(({ HelpDoc }) => HelpDoc)
      .map((one) => one && helpLink(scrub.text(one)))
      .find((one) => one !== undefined),
    skippable: id !== '' && !skipped && skipRisk !== undefined,
    skipRisk,
    skipped,
  }
}

const MOST_TEXTS = 3

function idOf(id: string | undefined, scrub: Scrub): string {
  const word = scrub.word(id ?? '')
  return isCheckItemId(word) ? word : ''
}

/** Such as `OptimizeCheck`. */
export function isCheckItemId(id: string): boolean {
  return /^\w{1,64}$/.test(id)
}

const OUTCOMES = new Map<string | undefined, CheckItem['outcome']>([
  ['pass', 'passed'],
  ['finished', 'passed'],
  ['warning', 'warning'],
  ['failed', 'failed'],
  ['blocked', 'blocked'],
  ['notStarted', 'notRun'],
  ['skipped', 'notRun'],
])

const rawSkipped = fields((raw) => ({ Message: text(raw.Message) }))

/** What DTS says about a skip that it accepted. */
export function readSkipped(response: Fields, { scrub }: Context): { message?: string } {
  const { Message } = rawSkipped(response)
  return Message ? { message: scrub.text(Message) } : {}
}
