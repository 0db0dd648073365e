import { test } from 'vitest'
import { aCard, aLostCard, inTheThread, lostWords, theCardAnew } from './matrix/slack-posts.ts'
import { expectTable } from './matrix/table.ts'

test('whatever Slack does ends in a right state', { timeout: 240_000 }, async () => {
  const situations = [aCard, inTheThread, theCardAnew, aLostCard, lostWords]
  const rows = await Promise.all(situations.map((situation) => situation()))
  expectTable('slack', rows.flat())
})
