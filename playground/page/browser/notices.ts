import { html } from 'htm/preact'
import { useEffect, useState } from 'preact/hooks'
import { onNotice } from './act.ts'

const SHOWN_MS = 6_000

/** What went wrong, shown for a moment. */
export function Notices() {
  const [notice, setNotice] = useState('')
  useEffect(() => onNotice(setNotice), [])
  useEffect(() => {
    const timer = setTimeout(() => setNotice(''), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [notice])
  return html`<div class="notices" role="status">${notice && html`<p>${notice}</p>`}</div>`
}
