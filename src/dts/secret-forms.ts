import { ASCII, fold } from './fold.ts'
import { keyOf, nextKey } from './letters.ts'

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

/** `length` letters, six at most, as the number `key`. */
export type AddBeginning = (key: number, length: number) => void

/**
 * Adds the first six letters of every form, or the whole of a shorter one. Folded, unless all letters
 * are ASCII. May add some more: what is not added begins no form. Takes much less time than the forms.
 */
export function addBeginnings(secret: string, add: AddBeginning): void {
  // Twelve letters of a secret decide the first six of each form.
  const start = secret.slice(0, 12)
  const addForm = (form: string): void => {
    const length = Math.min(form.length, BEGINNING)
    if (length >= SHORTEST_SECRET) add(keyOf(form, length), length)
  }
  if (SAME_EVERYWHERE.test(start)) addForm(start)
  else if (ASCII.test(start)) written(start).forEach(addForm)
  else return secretForms(start.toWellFormed()).map(fold).forEach(addForm)
  if (start.length >= SHORTEST_BASE64 / 2) addBase64(start, add)
}

const BEGINNING = 6

/** In base64 alone and inside something longer, as above: the first five bytes decide. */
function addBase64(start: string, add: AddBeginning): void {
  const [a, b] = [start.charCodeAt(0), start.charCodeAt(1)]
  const [c, d, e] = [start.charCodeAt(2), start.charCodeAt(3), start.charCodeAt(4)]
  // Bits of a letter that is not there are 0: of NaN, that is.
  const high = (a << 16) | (b << 8) | c
  const low = ((c & 15) << 16) | (d << 8) | e
  for (const skipped of [0, 2, 4]) {
    let [key, forAddresses] = [0, 0]
    for (let bit = skipped; bit < skipped + 6 * BEGINNING; bit += 6) {
      const six = (bit <= 18 ? high >> (18 - bit) : low >> (34 - bit)) & 63
      key = nextKey(key, BASE64.charCodeAt(six))
      forAddresses = nextKey(forAddresses, BASE64URL.charCodeAt(six))
    }
    add(key, BEGINNING)
    if (forAddresses !== key) add(forAddresses, BEGINNING)
  }
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
const BASE64 = `${DIGITS}+/`
const BASE64URL = `${DIGITS}-_`

/** What JSON and addresses write as it is. */
const SAME_EVERYWHERE = /^[\w.!~*'()-]*$/
