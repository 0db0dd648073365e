import { expect, test } from 'vitest'
import { NEWS } from '../../src/migration/event.ts'
import { everyNews } from '../support/every-news.ts'
import { everyAction } from '../support/every-state.ts'

const asItIs = (what: string): string => what

test('the examples for the views have every piece of news, every ending that it can be, every action', () => {
  const news = everyNews(asItIs)
  expect(new Set(news.map((told) => told.news)).size).toBe(NEWS.length)
  expect(new Set(news.flatMap(({ after }) => after.ended?.ending.how ?? [])).size).toBe(13)
  expect(new Set(everyAction(asItIs).map((action) => action.do)).size).toBe(12)
})
