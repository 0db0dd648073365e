import { fold } from './fold.ts'

/** A secret as it is, and as capitals, JSON, an address or base64 would write it. */
export function secretForms(secret: string): string[] {
  return [
    ...[...written(secret), secret.toUpperCase()].filter((form) => form.length >= SHORTEST_SECRET),
    ...base64(secret).filter((form) => form.length >= SHORTEST_BASE64),
  ]
}

/** Masking anything shorter would shred the text and protect nothing. */
const SHORTEST_SECRET = 3
const SHORTEST_BASE64 = 8

function written(secret: string): string[] {
  return [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]
}

/**
 * Alone, and inside something longer, such as `user:secret`: three ways, by where it begins in a group
 * of three bytes. Without the characters that other bytes have a share in.
 */
function base64(secret: string): string[] {
  const bytes = Buffer.from(secret)
  const inside = [0, 1, 2].map((shift) => {
    const all = Buffer.concat([Buffer.alloc(shift), bytes])
    const whole = Math.floor((all.length * 8) / 6)
    return all.toString('base64').slice(Math.ceil((shift * 8) / 6), whole)
  })
  const alone = bytes.toString('base64')
  return [alone, alone.replaceAll('=', ''), ...inside].flatMap((form) => [
    form,
    form.replaceAll('+', '-').replaceAll('/', '_'),
  ])
}

/**
 * The first six letters of every form, or the whole of a shorter one, all as `simplified` writes them.
 * May have some more: what is not here is in no form. Takes much less time than the forms.
 */
export function formBeginnings(secret: string): string[] {
  // Twelve letters of a secret decide the first six of each form.
  const start = secret.slice(0, 12).toWellFormed()
  const forms = ASCII.test(start) ? asciiForms(start) : secretForms(start)
  return forms
    .map((form) => simplified(form).slice(0, BEGINNING))
    .filter((form) => form.length >= SHORTEST_SECRET)
}

/** How many letters of a form are looked for first. */
const BEGINNING = 6

/** Without capitals, and with one of the two alphabets of base64. */
export function simplified(text: string): string {
  const folded = fold(text)
  return /[+/]/.test(folded) ? folded.replaceAll('+', '-').replaceAll('/', '_') : folded
}

const ASCII = /^\p{ASCII}*$/u

/** The forms that begin differently. */
function asciiForms(start: string): string[] {
  return [
    ...(SAME_EVERYWHERE.test(start) ? [start] : written(start)),
    btoa(start),
    btoa(`\0${start}`).slice(2),
    btoa(`\0\0${start}`).slice(3),
  ]
}

/** What JSON and addresses write as it is. */
const SAME_EVERYWHERE = /^[\w.!~*'()-]*$/
