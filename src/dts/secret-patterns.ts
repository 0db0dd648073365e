const MASK = '***'

/** Masks what reads like a secret, wherever it came from: `IDENTIFIED BY 'x'`, `password=x`, a PEM key. */
export function maskPatterns(text: string): string {
  if (!NEEDED.test(text)) return text
  return text
    .replace(PEM, MASK)
    .replace(IDENTIFIED, `$1${MASK}`)
    .replace(ASSIGNED, `$1${MASK}`)
    .replace(IN_ADDRESS, `$1${MASK}$2`)
}

/** Each of the patterns below has one of these: an id or a plain name has none. */
const NEEDED = /[\s=:：]/

// Every repetition that can fail is bounded, so that no text takes more than linear time.
const PEM = /-----BEGIN [A-Z0-9 ]{1,60}-----[^]*?(?:-----END [A-Z0-9 ]{1,60}-----|$)/g
const QUOTED = ['"', "'"]
  .map(
    (q) => String.raw`${q}(?:[^${q}\\]|\\[^])*(?:${q}|\\?$)|\\${q}(?:(?!\\${q})[^])*(?:\\${q}|$)`,
  )
  .join('|')
const IDENTIFIED = new RegExp(
  String.raw`(IDENTIFIED\s{1,9}(?:WITH\s{1,9}\S{1,64}\s{1,9})?(?:BY|AS)\s{1,9}(?:PASSWORD\s{1,9})?)(?:${QUOTED}|[^\s;,]+)`,
  'gi',
)
const NAMES = String.raw`passw(?:or)?d|pass[-_ ]?(?:phrase|code)|pwd|secret|token|(?:access|private|api|encrypt(?:ion)?|signing|session)[-_ ]?key|密码|口令`
/** These are words of ordinary sentences too: `credentials: none were sent`. */
const ORDINARY = String.raw`credentials?|(?<!by|com|sur|(?:check|test)[-_ ]?)pass`
// MySQL's "(using password: YES)" is useful and holds no secret.
const ASSIGNED = new RegExp(
  String.raw`((?:(?:${NAMES})\w{0,20}[\\"']{0,4}\s{0,5}(?:=>|[=:：])|(?:${ORDINARY})(?:\s{0,5}=|\\?["']\s{0,5}[=:]))\s{0,5})(?!(?:YES|NO)\))(?:${QUOTED}|[^\s,;&)}\]]+)`,
  'gi',
)
/** `user:password@`, also where the text ends before the @, unless that is a port. */
const IN_ADDRESS =
  /(:\/\/[^\s:@/]{0,100}:)(?:[^\s@]{1,200}(@)|(?!\d{1,5}(?:[/?#]|$))[^\s@/]{1,200}$)/g
