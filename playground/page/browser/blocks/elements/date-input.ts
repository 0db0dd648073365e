import { html } from 'htm/preact'
import type { VNode } from 'preact'
import { number, words } from '../json.ts'
import type { Json } from '../props.ts'
import { plainWords } from '../text/text-object.ts'
import { useConfirm } from './confirm.ts'
import { type Placed, useFilled, useFocusOnLoad, useSend } from './placed.ts'

type Kind = { type: string; field: string; name: string }

const KINDS: Record<string, Kind> = {
  datepicker: { type: 'date', field: 'date', name: 'Date' },
  timepicker: { type: 'time', field: 'time', name: 'Time' },
  datetimepicker: { type: 'datetime-local', field: 'date_time', name: 'Date and time' },
}
const DATE: Kind = { type: 'date', field: 'date', name: 'Date' }

/** A date, a time of day, or a moment: the browser's own picker, in the reader's time zone. */
export function DateInput(placed: Placed): VNode {
  const { element, labels } = placed
  const { type, field, name } = KINDS[words(element['type'])] ?? DATE
  const send = useSend(placed)
  const { ask, dialog } = useConfirm(element)
  const control = useFocusOnLoad<HTMLInputElement>(element)
  const [value, setValue] = useFilled(
    placed,
    (state) => written(state[`selected_${field}`]),
    written(element[`initial_${field}`]),
  )
  const picked = ({ target }: Event) => {
    if (!(target instanceof HTMLInputElement)) return
    const now = target.value
    target.value = value
    ask(() => {
      setValue(now)
      send({ [`selected_${field}`]: read(now, type), ...zone(element) })
    })
  }
  const label = plainWords(element['placeholder']) || name
  return html`<span class="bk-element">
    <input
      ...${labels}
      ref=${control}
      class="bk-field"
      type=${type}
      aria-label=${labels['aria-labelledby'] ? undefined : label}
      value=${value}
      onChange=${picked}
    />
    ${dialog}
  </span>`
}

/** Slack's value as the browser's: seconds become a moment of the reader's clock. */
function written(value: unknown): string {
  const seconds = number(value)
  if (seconds === undefined) return words(value)
  const at = new Date(seconds * 1000)
  if (Number.isNaN(at.getTime())) return ''
  const two = (part: number) => String(part).padStart(2, '0')
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`
}

function read(value: string, type: string): string | number | null {
  if (!value) return null
  return type === 'datetime-local' ? Math.floor(new Date(value).getTime() / 1000) : value
}

function zone(element: Json): Json {
  const { timezone } = element
  return element['type'] === 'timepicker' && timezone ? { timezone } : {}
}
