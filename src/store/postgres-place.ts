import { unescape } from 'node:querystring'
import { DatabaseError } from 'pg'
import { StoreError } from './store-error.ts'

/** Where our tables are, whatever else lives in the database. */
export const SCHEMA = 'dts'

/**
 * The driver verifies the server's certificate in every one of these modes, and warns in eight lines
 * that it will not for ever. Asked for what it does, it says nothing.
 */
export function verifyingTls(url: string): string {
  return url.replace(/([?&]sslmode=)(prefer|require|verify-ca)(?=&|$)/, '$1verify-full')
}

/** Host, port and database of the URL, for people: without user and password. */
export function placeOf(text: string): string {
  const url = URL.parse(text)
  if (url === null || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new StoreError('DATABASE_URL is not a postgresql:// URL.')
  }
  const host = url.searchParams.get('host') ?? (url.hostname || 'localhost')
  const port = url.searchParams.get('port') ?? (url.port || '5432')
  return `PostgreSQL at ${host}:${port}${url.pathname}`
}

/** `advice`: what to do about an error code, where that differs from what the bot needs. */
export function asStoreError(
  error: unknown,
  { place, url, advice = {} }: { place: string; url: string; advice?: Record<string, string> },
): StoreError {
  if (error instanceof StoreError) return error
  if (error instanceof DatabaseError) {
    return new StoreError(refusal(error, place, { ...ADVICE, ...advice }))
  }
  const code = error instanceof Error && 'code' in error ? `${String(error.code)}, ` : ''
  return new StoreError(
    `${place} cannot be used (${code}${withoutPassword(String(error), url)}). ` +
      'Check DATABASE_URL and that the server runs.',
  )
}

function withoutPassword(text: string, url: string): string {
  const { password = '', searchParams } = URL.parse(url) ?? {}
  const spellings = [password, unescape(password), searchParams?.get('password') ?? '']
  return spellings
    .filter((spelling) => spelling !== '')
    .reduce((safe, spelling) => safe.replaceAll(spelling, '***'), text)
}

function refusal(error: DatabaseError, place: string, advices: Record<string, string>): string {
  const said = `${place} refused: ${error.message} (${error.code}).`
  const advice = advices[error.code ?? '']
  return advice === undefined ? said : `${said} ${advice}`
}

const ADVICE: Record<string, string> = {
  '28P01': 'Check the user and the password in DATABASE_URL.',
  '28000': 'Check the user and the password in DATABASE_URL.',
  '3D000': 'Create the database first.',
  '42501': 'The user must be allowed to create tables and a schema in this database.',
}
