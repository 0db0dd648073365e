/** Reads what DTS API 2021-12-06 says is wrong with a job. */
import type { JobError } from '../job.ts'
import { fields, list, text } from '../lenient.ts'
import type { Scrub } from '../scrub.ts'
import { helpLink } from './help-link.ts'

/** An error of a step: ProcessStepTip. */
export const rawTip = fields((raw) => ({
  Message: text(raw.Message),
  Solution: text(raw.Solution),
  HelpDoc: text(raw.HelpDoc),
}))

/** An error of a job. */
const rawError = fields((raw) => ({
  Code: text(raw.Code),
  Solution: text(raw.Solution),
  ErrorLog: text(raw.ErrorLog),
  HelpDoc: text(raw.HelpDoc),
}))
export const rawErrors = (value: unknown) => list(value, rawError)

type Raw = {
  errors: ReturnType<typeof rawErrors>
  tips: ReturnType<typeof rawTip>[]
  brief: string | undefined
}

/**
 * The errors of the job, else those of its steps, else the short message: of the two a job without
 * errors may have some, too, so they count only if `isWrong`.
 */
export function errorsOf({ errors, tips, brief }: Raw, isWrong: boolean, scrub: Scrub): JobError[] {
  const own = errors.map(({ ErrorLog, Code, ...rest }) => ({ log: ErrorLog, code: Code, ...rest }))
  const read = shown(own, scrub)
  if (read.length > 0 || !isWrong) return read
  const ofSteps = shown(
    tips.map(({ Message, ...rest }) => ({ log: Message, ...rest })),
    scrub,
  )
  return ofSteps.length > 0 ? ofSteps : shown([{ log: brief }], scrub)
}

type Said = {
  log?: string | undefined
  code?: string | undefined
  Solution?: string | undefined
  HelpDoc?: string | undefined
}

function shown(said: Said[], scrub: Scrub): JobError[] {
  return said.slice(0, MOST_ERRORS).flatMap(({ log, code, Solution, HelpDoc }) => {
    const first = log ?? Solution ?? code
    if (!first) return []
    return [
      {
        log: scrub.text(first),
        helpDoc: HelpDoc && helpLink(scrub.text(HelpDoc)),
        code: code && wordOf(scrub.word(code)),
        solution: Solution && Solution !== first ? scrub.text(Solution) : undefined,
      },
    ]
  })
}

const MOST_ERRORS = 20

function wordOf(code: string): string | undefined {
  return /^[\w.:-]{1,128}$/.test(code) ? code : undefined
}
