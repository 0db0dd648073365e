import { A_CODE_EACH, type Case, SLOW, UNREADABLE, sentence, summary } from './dts-cases.ts'
import { isNotFound } from './dts-faults.ts'
import { OFFERED, standStill, watched } from './operations.ts'
import { pressOnCard } from './slack-answers.ts'
import type { Row } from './table.ts'
import { addTrial, each, startCrowdedWorld } from './trial.ts'

/** DescribeMigrateJobs for the forms that buttons of the card open. */
export async function inFormsOfTheCard(): Promise<Row[]> {
  const world = await startCrowdedWorld({ env: { WATCH_SECONDS: '1' } })
  await standStill(world)
  const cases = [...UNREADABLE, SLOW, ...A_CODE_EACH]
  const all = OFFERED.flatMap((offered) => cases.map((one) => ({ offered, one })))
  return each(all, async ({ offered: { by, button, spec }, one }, index) => {
    const trial = addTrial(world, `card${index}`, spec)
    await watched(trial)
    world.dts.fault({ ...one.input, action: 'DescribeMigrateJobs', jobId: trial.job })
    await pressOnCard(trial, button)
    return async () => {
      const row = { where: `DescribeMigrateJobs for the form of ${by}`, fault: one.fault }
      if (one.input.kind === 'slowDrip') {
        await trial.form(/Why\?/)
        return { ...row, sees: summary(one, ''), outcome: 'the form works' }
      }
      const sees = seen(one, await trial.form(wordsFor(one)))
      await pressOnCard(trial, button)
      await trial.form(/Why\?/)
      return { ...row, sees, outcome: 'the form opens on the next try' }
    }
  })
}

function wordsFor(one: Case): RegExp {
  return isMissing(one) ? /right now: it does not exist in this region/ : sentence(one)
}

function seen(one: Case, words: string): string {
  return isMissing(one) ? 'that the job does not exist in this region' : summary(one, words)
}

function isMissing({ code }: Case): boolean {
  return code !== undefined && isNotFound(code)
}
