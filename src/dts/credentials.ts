/** A Tencent Cloud API key. Only temporary keys have a `token`; the three belong together. */
export type Credentials = {
  secretId: string
  secretKey: string
  token: string | undefined
}

/**
 * Called before each request, so that a source of temporary keys can renew them.
 * It must resolve at once, or reject within seconds by itself.
 */
export type CredentialSource = () => Promise<Credentials>

/** Always the same key. */
export function fromValues(credentials: Credentials): CredentialSource {
  const fixed = Promise.resolve({ ...credentials })
  return () => fixed
}
