/** `about`: whether it concerns the request, or the job. `sees`: somebody had the job before them. */
export type Told = {
  what: string
  about: 'request' | 'job'
  by?: string | undefined
  reason?: string | undefined
  requestId?: string | undefined
  errorCode?: string | undefined
  sees?: boolean
}
