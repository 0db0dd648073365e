import { z } from 'zod'
import { anyText, list, plainText, url, words } from './block-text.ts'

/** Slack's documents allow 150 characters of value, its own types 75: the smaller. */
const value = words(75)

/** One line of a menu. */
export const menuOption = z.strictObject({
  text: plainText(75),
  value,
  description: plainText(75).optional(),
})

/** One of checkboxes or radio buttons: these may be formatted. */
export const boxOption = z.strictObject({
  text: anyText(75),
  value,
  description: anyText(75).optional(),
})

/** One line of an overflow menu, which may be a link. */
export const overflowOption = z.strictObject({ ...menuOption.shape, url: url.optional() })

export const optionGroup = z.strictObject({
  label: plainText(75),
  options: list(menuOption, 1, 100),
})

export type Option = z.infer<typeof boxOption> | z.infer<typeof overflowOption>

type Offering = {
  options?: Option[] | undefined
  option_groups?: { options: Option[] }[] | undefined
  initial_option?: Option | undefined
  initial_options?: Option[] | undefined
}

/** What an element offers, groups unfolded; empty where it does not say. */
export function offeredBy(element: object): Option[] {
  const { options, option_groups: groups } = element as Offering
  return [...(options ?? []), ...(groups ?? []).flatMap((group) => group.options)]
}

/** For `superRefine`: options or groups of them, and all that `distinctOptions` asks. */
export function oneSourceOfOptions(offering: Offering, context: z.RefinementCtx): void {
  if (Boolean(offering.options) === Boolean(offering.option_groups)) {
    context.addIssue('must have exactly one of options, option_groups')
  }
  distinctOptions(offering, context)
}

/** For `superRefine`: no value twice, and what is chosen at first is among the options. */
export function distinctOptions(offering: Offering, context: z.RefinementCtx): void {
  const offered = offeredBy(offering)
  if (new Set(offered.map((one) => one.value)).size < offered.length) {
    context.addIssue('options must have different values')
  }
  const known = offered.map((one) => JSON.stringify(one))
  const initial = [offering.initial_option ?? [], offering.initial_options ?? []].flat()
  if (initial.some((one) => !known.includes(JSON.stringify(one)))) {
    context.addIssue('initial options must be among the options')
  }
}

/** What the app answers when a person types into an external select. */
export const suggestions = z
  .object({
    options: list(menuOption, 0, 100).optional(),
    option_groups: list(optionGroup, 0, 100).optional(),
  })
  .superRefine(oneSourceOfOptions)
