import { html } from 'htm/preact'

/** Lines on a square of 24. */
const PATHS = {
  archive: 'M4 4h16v4H4zM6 8v12h12V8M10 12h4',
  bot: 'M5 9h13l-3-3M19 15H6l3 3',
  clock: 'M12 3a9 9 0 1 0 .01 0zM12 8v4l3 2',
  cloud: 'M7 18a4 4 0 0 1 0-8a6 6 0 0 1 11 2a3 3 0 0 1 0 6z',
  close: 'M6 6l12 12M18 6L6 18',
  eye: 'M2 12q10-13 20 0q-10 13-20 0M12 10a2 2 0 1 0 .01 0z',
  hash: 'M9 4L7 20M17 4l-2 16M4 9h16M4 15h16',
  home: 'M4 11l8-7 8 7M6 10v10h12V10',
  lock: 'M6 11h12v9H6zM9 11V7a3 3 0 0 1 6 0v4',
  mail: 'M3 6h18v12H3zM3 7l9 7 9-7',
  menu: 'M4 6h16M4 12h16M4 18h16',
  reply: 'M9 6l-5 5 5 5M4 11h10q6 0 6 7',
  send: 'M4 4l17 8-17 8 3-8zM7 12h8',
  warning: 'M12 4L2 20h20zM12 10v4M12 17v.5',
}

/** Decoration beside words. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${PATHS[name]} />
  </svg>`
}
