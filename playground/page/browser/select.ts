import { html } from 'htm/preact'

type Props = {
  label: string
  /** What is shown, by value. */
  options: Record<string, string>
  value: string
  onChange: (value: string) => void
}

/** A labelled choice of few. */
export function Select({ label, options, value, onChange }: Props) {
  return html`<label
    >${label}
    <select
      value=${value}
      onChange=${(event: Event) => onChange((event.target as HTMLSelectElement).value)}
    >
      ${Object.entries(options).map(
        ([id, shown]) =>
          html`<option key=${id} value=${id} selected=${id === value}>${shown}</option>`,
      )}
    </select>
  </label>`
}
