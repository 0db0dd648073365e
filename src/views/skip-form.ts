import type { types } from '@slack/bolt'
import type { CheckItem, ForeignKeys } from '../dts/api.ts'
import type { Job } from '../dts/job.ts'
import { isFailed, isSkippable } from '../migration/check-items.ts'
import { type FormMemory, encodeFormMemory } from './form-memory.ts'
import { ids } from './ids.ts'
import { LIMITS } from './limits.ts'
import { lookShown } from './look.ts'
import { reasonInput } from './reason-input.ts'
import { bold, code, lines, oneLine } from './rich.ts'
import type { Wording } from './wording/wording.ts'

/** `changed`: while the person read it. `person`: who reads it. */
type Shown = { job: Job; items: CheckItem[]; person: string; changed?: boolean }

/** What opens at once, before DTS has shown the check. */
export function skipLoading(words: Wording): types.ModalView {
  return { ...frame(words), blocks: [lines(words.skip.form.looking())] }
}

/** The form that asks to skip items of a check that did not pass. */
export function skipForm(
  memory: FormMemory,
  { job, items, person, changed = false }: Shown,
  words: Wording,
): types.ModalView {
  const says = words.skip.form
  const open = items.filter(isSkippable)
  const offered = open.slice(0, LIMITS.boxes)
  const others = items.filter((item) => isFailed(item) && !item.skippable)
  return {
    ...frame(words),
    submit: { type: 'plain_text', text: words.forms.start.submit },
    private_metadata: encodeFormMemory(memory),
    blocks: [
      ...(changed ? [lines(says.changed())] : []),
      summary(job, words),
      ...offered.map((item) => itemBlock(item, words)),
      ...(others.length > 0 ? [lines(says.cannot(others.map(({ name }) => name)))] : []),
      ...(open.length > offered.length ? [lines(says.tooMany(LIMITS.boxes))] : []),
      itemsInput(offered, words),
      ...(offered.some(({ id }) => id === CONSTRAINTS) ? [foreignKeysInput(words)] : []),
      ownerInput(person, words),
      reasonInput(ids.reason, words.forms.start.why, words.forms.start.whyHint),
      lines(says.goesTo(memory.channel)),
    ],
  }
}

/** The item for which DTS asks what happens to the foreign keys. */
export const CONSTRAINTS = 'ConstraintCheck'

function frame(words: Wording) {
  return {
    type: 'modal',
    callback_id: ids.skipForm,
    title: { type: 'plain_text', text: words.skip.form.title },
    close: { type: 'plain_text', text: words.forms.cancel },
  } as const
}

function summary({ ref, snapshot, look }: Job, words: Wording): types.RichTextBlock {
  return lines([bold(snapshot.name)], [code(ref.id)], ...words.job.route(snapshot, ref.region), [
    ...words.job.nowIs(lookShown(look)),
  ])
}

/** What DTS found, and what it says that skipping it risks. */
function itemBlock({ name, id, reason, skipRisk }: CheckItem, words: Wording): types.RichTextBlock {
  return lines(
    words.skip.form.failed(name, id),
    reason ? words.check.reason(reason) : [],
    skipRisk ? words.skip.risk(skipRisk) : [],
  )
}

function itemsInput(offered: CheckItem[], words: Wording): types.InputBlock {
  return {
    type: 'input',
    block_id: ids.skipItems,
    label: { type: 'plain_text', text: words.skip.form.items },
    element: {
      type: 'checkboxes',
      action_id: ids.skipItems,
      options: offered.map(({ id, name }) => option(id, `${name} (${id})`)),
    },
  }
}

const FOREIGN_KEYS = ['shield', 'migrate'] as const satisfies ForeignKeys[]

function foreignKeysInput(words: Wording): types.InputBlock {
  const { foreignKeys, foreignKeyModes } = words.skip.form
  return {
    type: 'input',
    optional: true,
    block_id: ids.foreignKeys,
    label: { type: 'plain_text', text: foreignKeys },
    element: {
      type: 'radio_buttons',
      action_id: ids.foreignKeys,
      options: FOREIGN_KEYS.map((how) => option(how, foreignKeyModes[how])),
    },
  }
}

function ownerInput(person: string, words: Wording): types.InputBlock {
  return {
    type: 'input',
    block_id: ids.skipOwner,
    label: { type: 'plain_text', text: words.skip.form.owner },
    element: { type: 'users_select', action_id: ids.skipOwner, initial_user: person },
  }
}

function option(value: string, label: string): types.PlainTextOption {
  const text = oneLine(label, LIMITS.optionText)
  return { value, text: { type: 'plain_text', text, emoji: false } }
}

/** What was filled into the form, by block and input. */
type Values = Record<string, Record<string, Filled>>
type Filled = {
  selected_option?: { value?: string } | null
  selected_options?: { value?: string }[] | null
  selected_user?: string | null
}

export type Chosen = { ids: string[]; owner: string; foreignKeys?: ForeignKeys | undefined }

/** What people chose. Foreign keys count only with the item that they belong to. */
export function chosenIn(values: Values): Chosen {
  const { selected_options: boxes } = values[ids.skipItems]?.[ids.skipItems] ?? {}
  const chosen = (boxes ?? []).flatMap(({ value }) => value ?? [])
  const how = values[ids.foreignKeys]?.[ids.foreignKeys]?.selected_option?.value
  return {
    ids: chosen,
    owner: values[ids.skipOwner]?.[ids.skipOwner]?.selected_user ?? '',
    foreignKeys: chosen.includes(CONSTRAINTS) ? FOREIGN_KEYS.find((one) => one === how) : undefined,
  }
}
