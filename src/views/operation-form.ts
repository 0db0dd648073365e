import type { types } from '@slack/bolt'
import type { Job, Snapshot } from '../dts/job.ts'
import type { Offered } from '../migration/offers.ts'
import type { Mode } from '../migration/operation.ts'
import { OPERATIONS } from '../migration/operations.ts'
import { type CompareShown, compareInForm } from './compare.ts'
import { ids } from './ids.ts'
import { lookShown } from './look.ts'
import { reasonInput } from './reason-input.ts'
import { type Line, bold, code, lines } from './rich.ts'
import type { Wording } from './wording/wording.ts'

/** What was filled into a form, by block and input. */
type Values = Record<string, Record<string, Filled>>
type Filled = { selected_option?: Chosen | null; selected_options?: Chosen[] | null }
type Chosen = { value?: string }

/** What opens at once, before DTS has shown how the job is. */
export function operationLoading(operation: Offered, words: Wording): types.ModalView {
  return { ...frame(operation, words), blocks: [lines(words.forms.operation.looking())] }
}

/** The form that asks for a cutover or a stop: the job as it is now, and what it would mean. */
export function operationForm(
  operation: Offered,
  { ref, snapshot, look }: Job,
  reference: string,
  words: Wording,
  compared?: CompareShown,
): types.ModalView {
  const { start, operation: says } = words.forms
  return {
    ...frame(operation, words),
    submit: { type: 'plain_text', text: start.submit },
    private_metadata: reference,
    blocks: [
      lines([bold(snapshot.name)], [code(ref.id)], ...words.job.route(snapshot, ref.region), [
        ...words.job.nowIs(lookShown(look)),
      ]),
      ...warnings(operation, { ref, snapshot, look }, words),
      ...(compared ? [lines(...compareInForm(compared, words))] : []),
      ...modeInput(operation, snapshot, words),
      ...(operation === 'cutOver' ? [checklist(words)] : []),
      reasonInput(ids.reason, start.why, says.whyHint),
    ],
  }
}

const FORM_IDS: Record<Offered, string> = {
  cutOver: ids.cutOverForm,
  continue: ids.continueForm,
  retry: ids.retryForm,
  pause: ids.pauseForm,
  stop: ids.stopForm,
}

function frame(operation: Offered, words: Wording) {
  return {
    type: 'modal',
    callback_id: FORM_IDS[operation],
    title: { type: 'plain_text', text: words.forms.operation.title[operation] },
    close: { type: 'plain_text', text: words.forms.cancel },
  } as const
}

function warnings(
  operation: Offered,
  { snapshot, look }: Job,
  words: Wording,
): types.RichTextBlock[] {
  const lag = operation === 'cutOver' ? words.forms.operation.lag(lookShown(look)) : undefined
  const hurts = OPERATIONS[operation].hurts(snapshot).map((hurt) => words.job.hurt(hurt))
  const all = [...(lag ? [lag] : []), ...hurts].map((what): Line => ['⚠ ', bold(what)])
  return all.length > 0 ? [lines(...all)] : []
}

/** None where there is no choice. */
function modeInput(operation: Offered, snapshot: Snapshot, words: Wording): types.InputBlock[] {
  const { whichMode, modes } = words.forms.operation
  const options = OPERATIONS[operation].modes(snapshot).map((mode) => option(mode, modes[mode]))
  const [safest] = options
  if (!safest) return []
  return [
    {
      type: 'input',
      block_id: ids.mode,
      label: { type: 'plain_text', text: whichMode[operation] ?? '' },
      element: {
        type: 'radio_buttons',
        action_id: ids.mode,
        options,
        initial_option: safest,
      },
    },
  ]
}

function checklist(words: Wording): types.InputBlock {
  const { checklist: title, checks } = words.forms.operation
  return {
    type: 'input',
    block_id: ids.checklist,
    label: { type: 'plain_text', text: title },
    element: {
      type: 'checkboxes',
      action_id: ids.checklist,
      options: checks.map((check, index) => option(String(index), check)),
    },
  }
}

function option(value: string, label: string): types.PlainTextOption {
  return { value, text: { type: 'plain_text', text: label } }
}

/** The mode that was chosen. Anything else than what the form offers counts as the safest. */
export function modeOf(operation: Offered, snapshot: Snapshot, values: Values): Mode | undefined {
  const chosen = values[ids.mode]?.[ids.mode]?.selected_option?.value
  const modes = OPERATIONS[operation].modes(snapshot)
  return modes.find((mode) => mode === chosen) ?? modes[0]
}

/** What the form says about a checklist that is not ticked whole. */
export function checklistOf(
  operation: Offered,
  values: Values,
  words: Wording,
): Record<string, string> {
  const { checks, tickAll } = words.forms.operation
  const ticked = values[ids.checklist]?.[ids.checklist]?.selected_options ?? []
  const isWhole = operation !== 'cutOver' || ticked.length === checks.length
  return isWhole ? {} : { [ids.checklist]: tickAll }
}
