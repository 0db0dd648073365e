import { embeddedJson } from './json.ts'

/** `isComplete` is false if some JSON kept as text was nested too deeply to look into. */
export type Secrets = { values: Set<string>; isComplete: boolean }

/** Every value whose key looks secret, at any depth of a parsed answer and inside JSON kept as text. */
export function secretsIn(answer: unknown): Secrets {
  const found: Secrets = { values: new Set(), isComplete: true }
  const open: Node[] = [{ value: answer, field: '', isSecret: false }]
  // Without recursion: JSON.parse accepts nesting that would overflow the stack.
  for (let node = open.pop(); node; node = open.pop()) {
    const { value, field, isSecret } = node
    if (typeof value === 'string') {
      if (isSecret) found.values.add(value)
      try {
        open.push({ value: embeddedJson(isSecret ? '' : field, value), field, isSecret })
      } catch {
        found.isComplete = false
      }
    } else if (typeof value === 'number' && isSecret) {
      found.values.add(String(value))
    } else if (Array.isArray(value)) {
      for (const inner of value) open.push({ value: inner, field, isSecret })
    } else if (typeof value === 'object' && value !== null) {
      const hides = isSecret || isSecretPair(field, value)
      for (const [name, inner] of Object.entries(value)) {
        const isHidden = name === 'Value' ? hides : isSecret
        open.push({ value: inner, field: name, isSecret: isHidden || isSecretName(name) })
      }
    }
  }
  return found
}

/** Items of a list go by the name of the list's field. */
type Node = { value: unknown; field: string; isSecret: boolean }

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
  return SECRET_NAME.test(name) || (PASS.test(name) && !/(?:check|test|verify)_?pass$/i.test(name))
}

const SECRET_NAME =
  /passw(?:or)?d|pass[-_]?(?:phrase|code)|pwd|secret|token|credential(?!s?_?(?:type|mode|status))|requirepass|masterauth|^authorization$|(?:access|private|api|encrypt(?:ion)?|signing|master|session|auth|ssh|ssl|account)[-_]?key/i

/** `UserPass`, `userpass`, `db_pass` or `pass`, but not `bypass`. */
const PASS =
  /(?:^|[-_])(?:pass|PASS)$|(?:^|[a-z0-9_-])Pass$|(?:[uU]ser|[rR]oot|[aA]dmin|[lL]ogin)pass$/
