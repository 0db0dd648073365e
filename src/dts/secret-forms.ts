/** A secret as it is, and as capitals, JSON, an address or base64 would write it. */
export function secretForms(secret: string): string[] {
  const written = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]
  return [
    ...[...written, secret.toUpperCase()].filter((form) => form.length >= SHORTEST_SECRET),
    ...base64(secret).filter((form) => form.length >= SHORTEST_BASE64),
  ]
}

/** Masking anything shorter would shred the text and protect nothing. */
const SHORTEST_SECRET = 3
const SHORTEST_BASE64 = 8

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
