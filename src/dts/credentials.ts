/** A Tencent Cloud API key. `token` comes with temporary keys only; the three belong together. */
export type Credentials = {
  secretId: string
  secretKey: string
  token: string | undefined
}

/**
 * Asked before each call, so that a source of temporary keys can renew them.
 * It must answer at once or give up within seconds by itself.
 */
export type CredentialSource = () => Promise<Credentials>

/** Always the same key. */
export function fromValues(credentials: Credentials): CredentialSource {
  const fixed = Promise.resolve({ ...credentials })
  return () => fixed
}
