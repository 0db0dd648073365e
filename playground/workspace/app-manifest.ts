import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { z } from 'zod'

/** `type`: of the whole workspace, or of the menu of a message. */
export type Shortcut = {
  name: string
  type: 'global' | 'message'
  callback_id: string
  description: string
}

export type SlashCommand = { command: string; description: string; usage_hint: string }

/** What Slack reads from an app's manifest. */
export type AppManifest = {
  commands: SlashCommand[]
  shortcuts: Shortcut[]
  /** Whether the app has a Home tab. */
  home: boolean
  /** The Events API events that it subscribes to. */
  events: string[]
  scopes: string[]
}

const OURS = fileURLToPath(new URL('../../manifest.yml', import.meta.url))

const manifest = z.object({
  features: z.object({
    app_home: z.object({ home_tab_enabled: z.boolean().default(false) }).prefault({}),
    slash_commands: z
      .array(
        z.object({
          command: z.string(),
          description: z.string(),
          usage_hint: z.string().default(''),
        }),
      )
      .default([]),
    shortcuts: z
      .array(
        z.object({
          name: z.string(),
          type: z.enum(['global', 'message']),
          callback_id: z.string(),
          description: z.string(),
        }),
      )
      .default([]),
  }),
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
  settings: z.object({
    event_subscriptions: z.object({ bot_events: z.array(z.string()).default([]) }).prefault({}),
  }),
})

/** Reads a manifest in YAML, by default the bot's own. Throws if it is not one. */
export async function readManifest(path = OURS): Promise<AppManifest> {
  const read = manifest.parse(parse(await readFile(path, 'utf8')))
  const { features, oauth_config: oauth, settings } = read
  return {
    commands: features.slash_commands,
    shortcuts: features.shortcuts,
    home: features.app_home.home_tab_enabled,
    events: settings.event_subscriptions.bot_events,
    scopes: oauth.scopes.bot,
  }
}
