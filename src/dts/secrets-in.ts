import { embeddedJson, isExact } from './json.ts'

/**
 * `isComplete` is false if some JSON kept as text was nested too deeply to look into. `isExact` is false
 * if the answer has a number that may not be the one that DTS wrote. `isShallow`: nothing but such texts
 * is nested more than 20 deep.
 */
export type Secrets = {
  values: Set<string>
  isComplete: boolean
  isExact: boolean
  isShallow: boolean
}

/** Every value whose key looks secret, at any depth of a parsed answer and inside JSON kept as text. */
export function secretsIn(answer: unknown): Secrets {
  const found = { values: new Set<string>(), isComplete: true, isExact: true, isShallow: true }
  const deep: Deep[] = []

  const look = (value: unknown, field: string, isSecret: boolean, depth: number): void => {
    if (typeof value === 'string') {
      if (isSecret) found.values.add(value)
      if (mayBeJson(value)) lookInside(value, field, isSecret, depth)
    } else if (typeof value === 'number') {
      if (isSecret) found.values.add(String(value))
      if (!isExact(value)) found.isExact = false
    } else if (typeof value === 'object' && value !== null) {
      if (depth >= DEEPEST) deep.push({ value, field, isSecret })
      else open(value, field, isSecret, depth + 1)
    }
  }

  const open = (value: object, field: string, isSecret: boolean, depth: number): void => {
    if (Array.isArray(value)) {
      for (const inner of value) look(inner, field, isSecret, depth)
      return
    }
    const hides = isSecret || isSecretPair(field, value)
    const given = value as Record<string, unknown>
    // Faster than Object.keys; what JSON.parse made inherits nothing that would be listed.
    for (const name in given) {
      const inner = given[name]
      if (inner === '' || inner === null || typeof inner === 'boolean') continue
      look(inner, name, (name === 'Value' ? hides : isSecret) || isSecretName(name), depth)
    }
  }

  const lookInside = (text: string, field: string, isSecret: boolean, depth: number): void => {
    try {
      const inner = embeddedJson(isSecret ? '' : field, text)
      if (inner !== undefined) look(inner, field, isSecret, depth)
    } catch {
      found.isComplete = false
    }
  }

  look(answer, '', false, 0)
  // JSON.parse accepts nesting that would overflow the stack.
  for (let one = deep.pop(); one; one = deep.pop()) {
    found.isShallow = false
    open(one.value, one.field, one.isSecret, 1)
  }
  return found
}

const DEEPEST = 20

/** Items of a list go by the name of the list's field. */
type Deep = { value: object; field: string; isSecret: boolean }

/** It begins with a bracket, or with what may stand before one. */
function mayBeJson(text: string): boolean {
  const first = text.charCodeAt(0)
  return first === BRACE || first === BRACKET || first <= SPACE
}

const SPACE = 0x20
const BRACKET = 0x5b
const BRACE = 0x7b

/**
 * Whether the `Value` beside a `Key` is a secret: by the name of the key, and among the extra
 * attributes of DTS, which may hold keys and certificates of any name, for every key but the harmless.
 */
function isSecretPair(field: string, pair: object): boolean {
  if (!('Value' in pair && 'Key' in pair) || /^(?:true|false)$/i.test(String(pair.Value))) {
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
