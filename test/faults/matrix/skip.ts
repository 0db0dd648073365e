import { personIn } from '../../support/person.ts'
import type { Operation } from './operations.ts'
import type { Trial } from './trial.ts'

/** To skip what failed in a check. Only API 2021-12-06 has that. */
export const SKIP: Operation = {
  action: 'SkipCheckItem',
  name: 'skip',
  env: { DTS_API_VERSION: '2021-12-06' },
  spec: {
    knownTo: ['2021-12-06'],
    status: 'created',
    checkItems: [{ step: 'OptimizeCheck', message: 'statistics are ON', skippable: true }],
  },
  ask: askedToSkip,
  says: {
    notDone: /Not skipped\n[\s\S]*RequestId[\s\S]*Nothing was skipped/,
    notYet: /Not skipped yet/,
    willNotSend: /I sent the skip and [\s\S]*I will not send the skip again/,
    accepted: /DTS accepted the skip/,
    tookEffect: /The items are skipped/,
    noEffect: /Did not skip[\s\S]*press Skip items…/,
    noSign: /Check not passed[\s\S]*asked to skip/,
  },
  sees: {
    notYet: 'why nothing is skipped yet',
    tookEffect: 'that the items are skipped',
    noEffect: 'that nothing was skipped',
    noSign: 'that the job did not pass another check',
  },
  underWay: /^✅ Check passed[\s\S]*asked to skip/,
}

async function askedToSkip({ world, channel, person, job, cardSays }: Trial) {
  const { people } = world.slack
  const asker = personIn(world.slack, channel, person)
  await asker.types(`/dts check ${job}`)
  await asker.presses('Skip items…', await cardSays(/Check not passed/))
  await asker.formSays(/What to skip/)
  await people.choose(person, 'dts_skip_items', ['OptimizeCheck'])
  await asker.submits('the setting is ours')
  return cardSays(/Waiting for approval to skip/)
}
