import { ASCII, fold } from './fold.ts'

/** A secret as it is, and as capitals, JSON, an address or base64 would write it. */
export function secretForms(secret: string): string[] {
  return [
    ...[...written(secret), secret.toUpperCase()].filter(isForm),
    ...base64(secret).filter((form) => form.length >= SHORTEST_BASE64),
  ]
}

/** Masking anything shorter would shred the text and protect nothing. */
const SHORTEST_SECRET = 3
const SHORTEST_BASE64 = 8

function isForm(form: string): boolean {
  return form.length >= SHORTEST_SECRET
}

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
  const forms = [alone, alone.replaceAll('=', ''), ...inside]
  return [...forms, ...forms.map(forAddress)]
}

/** In base64url. */
function forAddress(form: string): string {
  return form.replaceAll('+', '-').replaceAll('/', '_')
}

/**
 * The first six letters of every form, or the whole of a shorter one. Folded, unless all letters are
 * ASCII. May have some more: what is not here begins no form. Takes much less time than the forms.
 */
export function formBeginnings(secret: string): string[] {
  // Twelve letters of a secret decide the first six of each form.
  const start = secret.slice(0, 12)
  if (!ASCII.test(start)) {
    return secretForms(start.toWellFormed()).map((form) => fold(form).slice(0, BEGINNING))
  }
  const begins = asciiBeginnings(start)
  return start.length < BEGINNING ? begins.filter(isForm) : begins
}

const BEGINNING = 6

function asciiBeginnings(start: string): string[] {
  const plain = SAME_EVERYWHERE.test(start) ? [start] : written(start)
  const first = btoa(start).slice(0, BEGINNING)
  const second = btoa(`\0${start}`).slice(2, 2 + BEGINNING)
  const third = btoa(`\0\0${start}`).slice(3, 3 + BEGINNING)
  const begins = [...plain.map((form) => form.slice(0, BEGINNING)), first, second, third]
  if (!/[+/]/.test(first + second + third)) return begins
  return [...begins, ...[first, second, third].map(forAddress)]
}

/** What JSON and addresses write as it is. */
const SAME_EVERYWHERE = /^[\w.!~*'()-]*$/
