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
  'the channel does not take it (11 errors)',
)
export const UNDRAWABLE = errors(
  ['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long', 'msg_too_long'],
  'the blocks are not taken (4 errors)',
)
export const UNEDITABLE = errors(
  [
    'message_not_found',
    'cant_update_message',
    'edit_window_closed',
    'is_inactive',
    'is_archived',
    'channel_not_found',
  ],
  'the card cannot be edited (6 errors)',
)
export const OPEN = errors(
  ['internal_error', 'fatal_error', 'request_timeout'],
  'an error that leaves it open (3 errors)',
)
export const OTHER = errors(['message_limit_exceeded'], 'any other error, once')

/** What may befall any post or update. */
export const ANY: Case[] = [...PASSING, ...AFTER_EFFECT, ...OPEN, ...TOKEN, ...OTHER, ...UNDRAWABLE]

/** The post is there, and nobody said so. */
export const LOST: Case = { fault: '', input: { status: 500, when: 'after' } }
export const HIDDEN = errors(
  ['not_in_channel', 'channel_not_found', 'is_archived'],
  'the channel cannot be seen (3 errors)',
)
/** Whether it is there cannot be found out. */
export const NO_HISTORY = [...errors(['missing_scope']), ...HIDDEN]

/** What may befall any question. */
export const OFTEN: Case[] = [...PASSING, ...TOKEN, ...errors(['internal_error'])]
