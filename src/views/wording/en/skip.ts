import type { ForeignKeys } from '../../../dts/api.ts'
import type { SkippedItem } from '../../../migration/migration.ts'
import { LIMITS } from '../../limits.ts'
import { type Line, bold, channel, code, outside, user } from '../../rich.ts'

/** Items of a check that people ask to skip. */
export const skip = {
  /** `more`: how many a card has no room for. */
  items: (items: SkippedItem[], more: number): Line => ['Skip: ', ...named(items, more), '.'],
  risk: (text: string): Line => ['⚠ DTS warns: ', outside(text, LIMITS.checkText)],
  answers: (owner: string, foreignKeys: ForeignKeys | undefined): Line => [
    user(owner),
    ' answers for the risk.',
    ...(foreignKeys ? [` ${FOREIGN_KEYS[foreignKeys]}.`] : []),
  ],
  /** What stays on the card. */
  record: (requester: string, items: SkippedItem[], more: number): Line => [
    user(requester),
    ' asked to skip ',
    ...named(items, more),
    '. ',
  ],

  begun: {
    text: (jobId: string): string => `DTS is checking ${jobId} again after the skip.`,
    says: (): Line => [
      "DTS accepted the skip, but the check hasn't passed yet, so I had DTS check the job again. ",
      'A check changes nothing.',
    ],
    next: (): Line => ['I will say how the check comes out.'],
  },
  notBegun: (): Line => ["DTS accepted the skip, but I couldn't have it check the job again."],

  form: {
    title: 'Skip check items',
    looking: (): Line => ['Looking at the check…'],
    changed: (): Line => [
      'The job or its check changed while you were reading. Look again, then ask.',
    ],
    failed: (name: string, id: string): Line => ['✖ ', bold(name), ' ', code(id)],
    cannot: (names: string[]): Line => [
      '⚠ ',
      bold("Can't be skipped:"),
      ' ',
      outside(names.join(', ')),
      '. The check passes only once that is fixed.',
    ],
    tooMany: (most: number): Line => [`The first ${most}. Ask for the others after these.`],
    items: 'What to skip',
    foreignKeys: 'Foreign keys, if you skip ConstraintCheck',
    foreignKeyModes: { shield: 'Leave them out', migrate: 'Migrate them' } satisfies Record<
      ForeignKeys,
      string
    >,
    chooseForeignKeys: 'Say what happens to the foreign keys.',
    noAnswer: "DTS didn't show me the check just now. Ask again in a moment.",
    chooseItems: 'Choose at least one.',
    owner: 'Who answers for the risk?',
    notAMember: 'Choose a full member of this workspace, no guest and no bot.',
    goesTo: (where: string): Line => [
      'The approval request will be posted in ',
      channel(where),
      '. Somebody else has to approve it.',
    ],
  },
}

const FOREIGN_KEYS: Record<ForeignKeys, string> = {
  shield: 'Foreign keys are left out',
  migrate: 'Foreign keys are migrated',
}

function named(items: SkippedItem[], more: number): Line {
  return [
    ...items.flatMap(({ name, id }, index): Line => [
      ...(index > 0 ? [', '] : []),
      bold(name),
      ' ',
      code(id),
    ]),
    ...(more > 0 ? [` and ${more} more, which the thread names`] : []),
  ]
}
