import { answers } from './en/answers.ts'
import { card } from './en/card.ts'
import { check } from './en/check.ts'
import { compare } from './en/compare.ts'
import { endings } from './en/endings.ts'
import { forms } from './en/forms.ts'
import { job } from './en/job.ts'
import { notes } from './en/notes.ts'
import { refusals } from './en/refusals.ts'
import { skip } from './en/skip.ts'
import { trouble } from './en/trouble.ts'
import errors from './errors.en.json' with { type: 'json' }

/** Everything the bot says, in English. */
export const en = {
  ...answers,
  card,
  check,
  compare,
  endings,
  errors,
  forms,
  job,
  notes,
  refusals,
  skip,
  trouble,
}
