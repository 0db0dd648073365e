import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { object, objects, words } from './json.ts'
import type { Json } from './props.ts'
import { link } from './text/link.ts'
import { richText } from './text/rich-text.ts'
import { unknown } from './unknown.ts'

/** What is to be done, step by step. */
export function plan(block: Json): VNode | undefined {
  const title = words(block['title'])
  const tasks = objects(block['tasks'])
  if (!title.trim() && tasks.length === 0) return undefined
  return html`<div class="bk-plan">
    <div class="bk-title">${title}</div>
    <ol>
      ${tasks.map((task) => html`<li>${taskCard(task) ?? unknown(task)}</li>`)}
    </ol>
  </div>`
}

const STATUS = new Map([
  ['pending', { mark: '○', says: 'pending' }],
  ['in_progress', { mark: '◐', says: 'in progress' }],
  ['complete', { mark: '✓', says: 'complete' }],
  ['error', { mark: '✕', says: 'error' }],
])

/** One step: how it stands, what it did, where that comes from. */
export function taskCard(task: Json): VNode | undefined {
  const title = words(task['title'])
  if (!title.trim()) return undefined
  const status = words(task['status'])
  const { mark, says } = STATUS.get(status) ?? { mark: '', says: status }
  const sources = objects(task['sources'])
  return html`<div class="bk-task" data-status=${status}>
    <span class="bk-mark" role="img" aria-label=${says || 'no status'}>${mark}</span>
    <div class="bk-body">
      <div class="bk-title">${title}</div>
      ${richText(objects(object(task['details'])['elements']))}
      ${richText(objects(object(task['output'])['elements']))}
      ${
        sources.length > 0 &&
        html`<div class="bk-row">
          ${sources.map(({ url, text }) => link(words(url), words(text) || words(url)))}
        </div>`
      }
    </div>
  </div>`
}
