import type { AllMiddlewareArgs, App, SlackCommandMiddlewareArgs } from '@slack/bolt'
import { Refused } from '../refusal.ts'
import { ids } from '../views/ids.ts'
import * as approval from './approve.ts'
import * as found from './found.ts'
import { click, notOurs, option, submission, typed } from './hear.ts'
import { help } from './help.ts'
import type { Here } from './here.ts'
import * as form from './start-form.ts'
import { start, submitted } from './start.ts'
import { status } from './status.ts'

/** Everything that a person can tell the bot, one line each. The last lines are for the rest. */
export function hearPeople(app: App, here: Here): void {
  app.command(ids.command, typed(here, command))

  app.action(ids.approve, click(here, approval.approve))
  app.action(ids.reject, click(here, approval.reject))
  app.view(ids.rejectForm, submission(here, approval.rejected))
  app.action(ids.itStarted, click(here, found.itStarted))
  app.action(ids.didNotStart, click(here, found.didNotStart))
  app.action(ids.letGo, click(here, found.letGo))

  app.view(ids.startForm, submission(here, submitted))
  app.options(ids.job, option(here, form.offerJobs))
  app.action(ids.job, click(here, form.chosen))
  app.action(ids.region, click(here, form.chosen))
  app.action(ids.runCheck, click(here, form.runCheck))
  app.action(ids.lookAgain, click(here, form.lookAgain))

  app.action(notOurs, click(here, dead))
  app.view(notOurs, submission(here, dead))
  app.options(notOurs, option(here, dead))
}

type Command = SlackCommandMiddlewareArgs & AllMiddlewareArgs

/** The words behind `/dts`. Anything not understood gets help. */
async function command(here: Here, args: Command): Promise<void> {
  const [verb = '', ...words] = args.command.text.trim().split(/\s+/)
  switch (verb.toLowerCase()) {
    case 'start':
      return start(here, words, args)
    case 'status':
      if (words.length === 0) return help(args)
      return status(here, words, args)
    case 'boom':
      throw new Error('boom: somebody looked how errors are told')
    default:
      return help(args)
  }
}

async function dead(): Promise<void> {
  throw new Refused({ no: 'deadControl' })
}
