import type { App } from '@slack/bolt'
import type { Offered } from '../migration/offers.ts'
import { RefusedError } from '../migration/refusal.ts'
import { ids } from '../views/ids.ts'
import { rejectLoading } from '../views/reject-form.ts'
import { skipLoading } from '../views/skip-form.ts'
import { approve } from './approve.ts'
import { check } from './check.ts'
import { compare } from './compare.ts'
import type { CommandContext } from './context.ts'
import { anyone, may, mayAsk, member } from './guards.ts'
import { help, unknownVerb } from './help.ts'
import {
  click,
  notOurs,
  opening,
  option,
  press,
  submission,
  typed,
  type Typed,
} from './listeners.ts'
import { ask, asked, loading } from './operate.ts'
import { offerJobs } from './pick-job.ts'
import { askWhy, rejected } from './reject.ts'
import { settle, stopWatching } from './settle.ts'
import { askToSkip, askedToSkip, skipHere } from './skip.ts'
import * as form from './start-form.ts'
import { start, submitted } from './start.ts'
import { status } from './status.ts'
import { unwatch, watch } from './watch.ts'

/** Everything that a person can tell the bot, and who may, one line each. The last lines are for the rest. */
export function listen(app: App, context: CommandContext): void {
  app.command(ids.command, typed(context, anyone, command))

  app.action(ids.approve, click(context, may('approve'), approve))
  app.action(ids.reject, opening(context, rejectLoading, may('reject'), askWhy))
  app.view(ids.rejectForm, submission(context, may('reject'), rejected))
  app.action(ids.tookEffect, click(context, may('tookEffect'), settle(true)))
  app.action(ids.noEffect, click(context, may('noEffect'), settle(false)))
  app.action(ids.stopWatching, click(context, may('stopWatching'), stopWatching))
  app.action(ids.compare, click(context, mayAsk, compare))

  const opens = (name: Offered) => opening(context, loading(name), may(name), ask(name))
  const asks = (name: Offered) => submission(context, mayAsk, asked(name))
  app.action(ids.cutOver, opens('cutOver'))
  app.view(ids.cutOverForm, asks('cutOver'))
  app.action(ids.continue, opens('continue'))
  app.view(ids.continueForm, asks('continue'))
  app.action(ids.retry, opens('retry'))
  app.view(ids.retryForm, asks('retry'))
  app.action(ids.pause, opens('pause'))
  app.view(ids.pauseForm, asks('pause'))
  app.action(ids.stop, opens('stop'))
  app.view(ids.stopForm, asks('stop'))

  app.action(ids.skip, opening(context, skipLoading, may('skip'), askToSkip))
  app.action(ids.skipHere, press(context, member, skipHere))
  app.view(ids.skipForm, submission(context, member, askedToSkip))

  app.view(ids.startForm, submission(context, member, submitted))
  app.options(ids.job, option(context, member, offerJobs))
  app.action(ids.job, press(context, member, form.chosen))
  app.action(ids.region, press(context, member, form.chosen))
  app.action(ids.runCheck, press(context, member, form.runCheck))
  app.action(ids.lookAgain, press(context, member, form.lookAgain))
  app.action(ids.watchIt, press(context, member, form.watchIt))

  app.action(notOurs, click(context, anyone, dead))
  app.view(notOurs, submission(context, anyone, dead))
  app.options(notOurs, option(context, anyone, dead))
}

/** The words behind `/dts`. Each says who may. */
const VERBS: Record<
  string,
  (context: CommandContext, given: string[], args: Typed) => Promise<void>
> = {
  start,
  check,
  watch,
  unwatch,
  status: (context, given, args) =>
    given.length === 0 ? help(context, args) : status(context, given, args),
  help: (context, _, args) => help(context, args),
}

async function command(context: CommandContext, args: Typed): Promise<void> {
  const [typed = '', ...given] = args.command.text.trim().split(/\s+/)
  const verb = typed.toLowerCase()
  if (verb === '') return help(context, args)
  const handle = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined
  return handle
    ? handle(context, given, args)
    : unknownVerb(context, verb, Object.keys(VERBS), args)
}

async function dead(): Promise<void> {
  throw new RefusedError({ no: 'deadControl' })
}
