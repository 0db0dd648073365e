import { embeddedJson, isExact } from './json.ts'

/**
 * `isComplete` is false if some JSON kept as text was nested too deeply to look into. `isExact` is false
 * if the answer has a number that may not be the one that DTS wrote.
 */
export type Secrets = { values: Set<string>; isComplete: boolean; isExact: boolean }

/** Every value whose key looks secret, at any depth of a parsed answer and inside JSON kept as text. */
export function secretsIn(answer: unknown): Secrets {
  const found: Secrets = { values: new Set(), isComplete: true, isExact: true }
  const open: Node[] = []
  const look = (value: unknown, field: string, isSecret: boolean): void => {
    if (typeof value === 'object' && value !== null) {
      open.push({ value, field, isSecret })
    } else if (typeof value === 'string') {
      if (isSecret) found.values.add(value)
      try {
        look(embeddedJson(isSecret ? '' : field, value), field, isSecret)
      } catch {
        found.isComplete = false
      }
    } else if (typeof value === 'number') {
      if (isSecret) found.values.add(String(value))
      if (!isExact(value)) found.isExact = false
    }
  }

  look(answer, '', false)
  // Without recursion: JSON.parse accepts nesting that would overflow the stack.
  for (let node = open.pop(); node; node = open.pop()) {
    const { value, field, isSecret } = node
    if (Array.isArray(value)) {
      for (const inner of value) look(inner, field, isSecret)
      continue
    }
    const hides = isSecret || isSecretPair(field, value)
    const given = value as Record<string, unknown>
    for (const name of Object.keys(given)) {
      const inner = given[name]
      if (inner === '' || inner === null || typeof inner === 'boolean') continue
      look(inner, name, (name === 'Value' ? hides : isSecret) || isSecretName(name))
    }
  }
  return found
}

/** Items of a list go by the name of the list's field. */
type Node = { value: object; field: string; isSecret: boolean }

/**
 * Whether the `Value` beside a `Key` is a secret: by the name of the key, and among the extra
 * attributes of DTS, which may hold keys and certificates of any name, for every key but the harmless.
 */
function isSecretPair(field: string, pair: object): boolean {
  if (!('Value' in pair) || !('Key' in pair) || /^(?:true|false)$/i.test(String(pair.Value))) {
    return false
  }
  const key = typeof pair.Key === 'string' ? pair.Key : ''
  return isSecretName(key) || (field === 'ExtraAttr' && !HARMLESS.has(key))
}

/** Documented, with a choice of words, a number or a name as value: masking those would shred texts. */
const HARMLESS = new Set(
  [
    'AuthDatabase AuthFlag AuthMechanism fetchMethod connectMode EncryptedConnProtocol',
    'DstWriteMode IsDstReadOnly IsExpireKey ReplBacklogSize ReplTimeout',
    'ClientOutputBufferHardLimit ClientOutputBufferSoftLimit ClientOutputBufferPersistTime',
    'tidb_increment_enable ticdc_kafka_broker ticdc_kafka_topic ticdc_kafka_data_format',
    'ticdc_kafka_security_protocol ticdc_kafka_sasl_mechanism',
  ].flatMap((keys) => keys.split(' ')),
)

/** Whether a field of this name holds a secret. */
export function isSecretName(name: string): boolean {
  const known = knownNames.get(name)
  if (known !== undefined) return known
  const isSecret =
    SECRET_NAME.test(name) || (PASS.test(name) && !/(?:check|test|verify)_?pass$/i.test(name))
  if (knownNames.size < MOST_NAMES && name.length <= LONGEST_NAME) knownNames.set(name, isSecret)
  return isSecret
}

/** An answer has the same few names again and again. Documented are about 400. */
const knownNames = new Map<string, boolean>()
const MOST_NAMES = 2000
const LONGEST_NAME = 64

const SECRET_NAME =
  /passw(?:or)?d|pass[-_]?(?:phrase|code)|pwd|secret|token|credential(?!s?_?(?:type|mode|status))|requirepass|masterauth|^authorization$|(?:access|private|api|encrypt(?:ion)?|signing|master|session|auth|ssh|ssl|account)[-_]?key/i

/** `UserPass`, `userpass`, `db_pass` or `pass`, but not `bypass`. */
const PASS =
  /(?:^|[-_])(?:pass|PASS)$|(?:^|[a-z0-9_-])Pass$|(?:[uU]ser|[rR]oot|[aA]dmin|[lL]ogin)pass$/
