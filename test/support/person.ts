import type { Block } from '../../playground/workspace/blocks.ts'
import { type Placed, elementsOf } from '../../playground/workspace/elements-of.ts'
import type { Suggestion } from '../../playground/workspace/people-forms.ts'
import type { PretendSlack } from '../../playground/workspace/pretend-slack.ts'
import { text } from '../../playground/workspace/read.ts'
import type { Delivery } from '../../playground/workspace/records.ts'
import { BOT, type Json, type Message } from '../../playground/workspace/workspace.ts'
import { acknowledged } from './acknowledged.ts'

/** Somebody in a channel of the pretend workspace: what they do, and what they see. */
export type Person = Acts &
  Sight & {
    id: string
    /** The same acts, which may also fail: look at `ok`. */
    tries: Acts
    /** Asks for a start by command and form. Resolves with the card. */
    asks: (job: string, reason?: string) => Promise<Message>
    /** Asks to cut over, by the card's button and its form, with the checklist ticked. */
    asksToCutOver: (card: Message, reason?: string, mode?: string) => Promise<void>
    asksToStop: (card: Message, reason?: string) => Promise<void>
    /** The same for any button that opens a form with no more than a reason. */
    asksTo: (button: string, card: Message, reason: string) => Promise<void>
    /** What the job picker of their form offers for these words. */
    looksFor: (words: string) => Promise<Suggestion[]>
    closesForm: () => Promise<void>
  }

/** Each resolves when the bot has acknowledged it, and throws if it does not. */
type Acts = {
  types: (command: string) => Promise<Delivery>
  /** A button by its label: of their form, or of a message as it is given. */
  presses: (button: string, on?: Message) => Promise<Delivery>
  approves: (card: Message) => Promise<Delivery>
  rejects: (card: Message, reason: string) => Promise<Delivery>
  picksJob: (id: string) => Promise<Delivery>
  picksRegion: (id: string) => Promise<Delivery>
  /** Gives the reason that their form asks for, and submits it. */
  submits: (reason: string) => Promise<Delivery>
}

type Sight = {
  /** What their open form says, once it says this. */
  formSays: (words: RegExp) => Promise<string>
  /** What the bot says to them alone in a channel, once it says this. */
  isTold: (words: RegExp) => Promise<string>
  /** The direct message of the bot that says this. */
  getsMessage: (words: RegExp) => Promise<Message>
}

/** A message as it is now, for those who look at it when there is a newer version. */
export function asItWas(message: Message): Message {
  return { ...message }
}

/** `where`: a region to name in commands. */
export function personIn(slack: PretendSlack, channel: string, id: string, where = ''): Person {
  const { ws, people } = slack
  const sees = sight(slack, id)
  const does = acts(slack, channel, id, acknowledged)
  const isCard = (one: Message): boolean =>
    one.channel === channel && one.threadTs === undefined && one.user === BOT
  const asksTo = async (button: string, card: Message, reason: string): Promise<void> => {
    await does.presses(button, card)
    await sees.formSays(/Why\?/)
    await does.submits(reason)
  }
  return {
    id,
    ...does,
    ...sees,
    tries: acts(slack, channel, id, (delivery) => delivery),
    async asks(job, reason = 'quarterly move') {
      const before = ws.messages.filter(isCard)
      await does.types(`/dts start ${job} ${where}`)
      await sees.formSays(/Why\?/)
      await does.submits(reason)
      const isNew = (one: Message): boolean => isCard(one) && !before.includes(one)
      return slack.waitFor(() => ws.messages.find(isNew), 'the card')
    },
    async asksToCutOver(card, reason = 'everything is copied', mode = 'waitForSync') {
      await does.presses('Cut over…', card)
      await sees.formSays(/Before the cutover/)
      await people.choose(id, 'dts_mode', mode)
      await people.choose(id, 'dts_checklist', ['0', '1', '2'])
      await does.submits(reason)
    },
    asksToStop: (card, reason = 'wrong target') => asksTo('Stop…', card, reason),
    asksTo,
    looksFor: (words) => people.suggest(id, 'dts_job', words),
    closesForm: async () => void (await people.closeView(id)),
  }
}

function acts(
  slack: PretendSlack,
  channel: string,
  id: string,
  done: (delivery: Promise<Delivery>) => Promise<Delivery>,
): Acts {
  const { people } = slack
  const form = (): Json[] => slack.ws.topView(id)?.view.blocks ?? []
  const click = (action: string, on: Message) => done(people.click(id, on, action, true))
  const choose = (action: string, choice: string) =>
    done(people.choose(id, action, choice).then((one) => one ?? unheard(action)))
  const submits = (reason: string) => {
    const isInput = ({ element }: Placed): boolean => element.type === 'plain_text_input'
    people.fill(id, elementIn(form(), isInput, 'a field for the reason'), reason)
    return done(people.submit(id))
  }
  return {
    types: (command) => done(people.command(id, channel, command)),
    presses(label, on) {
      const isIt = ({ element }: Placed): boolean =>
        element.type === 'button' && element.text.text === label
      const action = elementIn(on?.blocks ?? form(), isIt, `a button ${label}`)
      return on ? click(action, on) : done(people.press(id, action))
    },
    approves: (card) => click('dts_approve', card),
    async rejects(card, reason) {
      await click('dts_reject', card)
      await sight(slack, id).formSays(/Why\?/)
      return submits(reason)
    },
    picksJob: (job) => choose('dts_job', job),
    picksRegion: (region) => choose('dts_region', region),
    submits,
  }
}

function sight(slack: PretendSlack, id: string): Sight {
  const { ws } = slack
  const form = (): string => text(ws.topView(id)?.view ?? { blocks: [] })
  return {
    formSays: (words) =>
      slack.waitFor(
        () => words.test(form()) && form(),
        `the form to say ${words}; it says ${form()}`,
      ),
    isTold: (words) =>
      slack.waitFor(
        () =>
          ws.ephemerals
            .filter(({ user }) => user === id)
            .map((one) => text(one))
            .find((said) => words.test(said)),
        `${id} to be told ${words}`,
      ),
    getsMessage: (words) =>
      slack.waitFor(
        () => ws.messages.find((m) => m.channel === ws.dm(id).id && words.test(text(m))),
        `a direct message to ${id} that says ${words}`,
      ),
  }
}

function elementIn(blocks: Json[], wanted: (placed: Placed) => boolean, what: string): string {
  const found = elementsOf(blocks as Block[]).find(wanted)
  if (!found) throw new Error(`There is no ${what} in: ${text({ blocks })}`)
  return found.actionId
}

function unheard(action: string): never {
  throw new Error(`The bot does not hear of ${action}`)
}
