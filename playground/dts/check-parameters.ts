import { z } from 'zod'

import { ApiError } from './api-error.ts'

/** Checks the parameters of a request; throws ApiError with the code for what is wrong first. */
export function checkParameters<S extends z.ZodType>(schema: S, params: unknown): z.output<S> {
  const parsed = schema.safeParse(params)
  if (parsed.success) return parsed.data

  const { issues } = parsed.error
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys')
  const issue = unknown ?? issues[0]
  if (!issue) throw new ApiError('InvalidParameter')
  throw refusal(issue, params)
}

function refusal(issue: z.core.$ZodIssue, params: unknown): ApiError {
  if (issue.code === 'unrecognized_keys') {
    return new ApiError('UnknownParameter', { about: [...issue.path, issue.keys[0]].join('.') })
  }
  const about = issue.path.join('.')
  const value = valueAt(params, issue.path)
  if (value === undefined) return new ApiError('MissingParameter', { about })
  // An enum of texts reports a number as a wrong value; it is a wrong type all the same.
  const wrongType = issue.code === 'invalid_type' || typeof value === 'object'
  const wrongEnum = issue.code === 'invalid_value' && typeof value !== 'string'
  const code = wrongType || wrongEnum ? 'InvalidParameter' : 'InvalidParameterValue'
  return new ApiError(code, { about })
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  )
}
