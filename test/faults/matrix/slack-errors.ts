import { AFTER_EFFECT, type Case, PASSING, TOKEN, errors } from './slack-faults.ts'

export const UNPOSTABLE = errors(
  [
    'not_in_channel',
    'channel_not_found',
    'is_archived',
    'restricted_action',
    'restricted_action_read_only_channel',
    'restricted_action_thread_only_channel',
    'restricted_action_non_threadable_channel',
    'restricted_action_thread_locked',
    'cannot_reply_to_message',
    'messages_tab_disabled',
    'user_not_found',
  ],
  'the channel rejects it (11 errors)',
)
export const UNDRAWABLE = errors(
  ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long'],
  'Slack rejects the blocks (4 errors)',
)
export const UNEDITABLE = errors(
  ['cant_update_message', 'edit_window_closed', 'is_inactive', 'is_archived', 'channel_not_found'],
  'Slack rejects the edit (5 errors)',
)
export const UNCLEAR = errors(
  ['internal_error', 'fatal_error', 'request_timeout'],
  'unclear error (3 errors)',
)
export const OTHER = errors(['message_limit_exceeded'], 'any other error, once')

/** What can go wrong with any post or update. */
export const ANY_POST: Case[] = [
  ...PASSING,
  ...AFTER_EFFECT,
  ...UNCLEAR,
  ...TOKEN,
  ...OTHER,
  ...UNDRAWABLE,
]

/** The message was posted, and the answer was lost. */
export const LOST: Case = { fault: '', input: { status: 500, when: 'after' } }
export const HIDDEN = errors(
  ['not_in_channel', 'channel_not_found', 'is_archived'],
  'the bot cannot read the channel (3 errors)',
)
/** The bot cannot look whether a message was posted. */
export const NO_HISTORY = [...errors(['missing_scope']), ...HIDDEN]

/** What can go wrong with any call that reads or opens something. */
export const ANY_CALL: Case[] = [...PASSING, ...TOKEN, ...errors(['internal_error'])]
