const SECRETS: [RegExp, string][] = [
  [/\b(xox[a-z]|xapp)-[\w-]+/g, '$1-…'],
  [/\/response\/[\w-]+/g, '/response/…'],
  [/\bticket=[\w-]+/g, 'ticket=…'],
]

/** A copy of a JSON value without tokens and one-time addresses. */
export function mask(value: unknown): unknown {
  if (typeof value === 'string') {
    return SECRETS.reduce((text, [secret, shown]) => text.replace(secret, shown), value)
  }
  if (Array.isArray(value)) return value.map(mask)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, key === 'token' ? '…' : mask(inner)]),
  )
}
