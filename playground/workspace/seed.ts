import type { AppManifest } from './app-manifest.ts'
import { BOT, SLACKBOT, TEAM, Workspace } from './workspace.ts'

/** The playground's people and channels, with the app installed as its manifest says. */
export function seedWorkspace(app: AppManifest): Workspace {
  const workspace = new Workspace(app)
  const people = [
    { id: 'U0ANN', name: 'ann', team: TEAM },
    { id: 'U0BO', name: 'bo', team: TEAM },
    { id: 'U0CHEN', name: 'chen', team: TEAM },
    { id: 'U0DEE', name: 'dee', team: TEAM },
    { id: 'U0GIL', name: 'gil', team: TEAM, restricted: true },
    { id: 'U0FAY', name: 'fay', team: 'T0OTHER' },
    { id: BOT, name: 'dts', team: TEAM, bot: true },
  ]
  for (const person of people) workspace.users.set(person.id, person)
  workspace.users.set(SLACKBOT, { id: SLACKBOT, name: 'Slackbot', team: TEAM, bot: true })
  workspace.groups.set('S0ONCALL', { handle: 'oncall-db', users: ['U0BO', 'U0CHEN', 'U0GIL'] })

  const everyone = people.map(({ id }) => id)
  const humans = everyone.filter((id) => id !== BOT)
  const channels = [
    { id: 'C0MIGRATE', name: 'db-migrations', members: everyone },
    { id: 'C0RANDOM', name: 'random', members: humans },
    { id: 'C0ATTIC', name: 'attic', members: everyone, archived: true },
    { id: 'G0SECRET', name: 'secret', members: humans, private: true },
  ]
  for (const channel of channels) {
    const { members, ...rest } = channel
    workspace.channels.set(channel.id, {
      private: false,
      archived: false,
      ...rest,
      members: new Set(members),
    })
  }
  return workspace
}
