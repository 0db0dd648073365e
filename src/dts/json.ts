/**
 * As JSON.parse, but an integer that a number cannot hold exactly becomes a text of its digits: two
 * different ones never read as equal. Throws SyntaxError, and RangeError if a text with such an
 * integer is nested more than about 2,000 deep.
 */
export function parseJson(text: string): unknown {
  return UNSAFE.test(text) ? JSON.parse(text, exact) : JSON.parse(text)
}

/** The JSON that a field keeps as text. Undefined: it keeps none. Throws RangeError as `parseJson`. */
export function embeddedJson(field: string, text: string): unknown {
  const first = text.charCodeAt(0)
  const isJson = first <= SPACE ? /^\s*[[{]/.test(text) : first === BRACKET || first === BRACE
  if (!isJson || PLAIN_TEXTS.has(field)) return undefined
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof RangeError) throw error
    return undefined
  }
}

const SPACE = 0x20
const BRACKET = 0x5b
const BRACE = 0x7b

/**
 * Fields that hold what somebody typed, or a sentence: a name that looks like JSON is a name. Any other
 * field is read as JSON where it can be, unknown ones too: DTS keeps settings, and passwords in them,
 * as JSON in a text, and a word masked for nothing costs less than a password that gets out.
 */
const PLAIN_TEXTS = new Set(
  [
    'JobId JobName Brief TagKey TagValue',
    'SrcDatabaseType SrcAccessType DstDatabaseType DstAccessType',
    'InstanceId RdsInstanceId CvmInstanceId Region Ip User',
    'Database DbName Schema SchemaName Table TableName',
    'StepId StepName ErrorLog HelpDoc ErrorMessage',
    'Code Message RequestId',
  ].flatMap((names) => names.split(' ')),
)

/** Where the slower reader is needed: 16 digits in a row, or an exponent of two. */
const UNSAFE = /\d{16}|\d[eE]\+?\d\d/

function exact(_: string, value: unknown, context?: { source?: string }): unknown {
  return typeof value === 'number' && !isExact(value) ? (context?.source ?? value) : value
}

/** Whether no other integer reads as this number. */
export function isExact(value: number): boolean {
  return value <= Number.MAX_SAFE_INTEGER && value >= -Number.MAX_SAFE_INTEGER
}
