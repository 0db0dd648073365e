import type { ApiError } from './api-error.ts'

/** The two languages of X-TC-Language; the service answers in Chinese unless asked otherwise. */
export type Language = 'en-US' | 'zh-CN'

/** The text that goes with an error code, in the caller's language. */
export function messageOf(error: ApiError, language: Language): string {
  if (error.text !== undefined) return error.text
  const [en, zh] = documented(error.code)
  const text = language === 'en-US' ? en : zh
  return error.about === undefined ? text : `${text} (${error.about})`
}

/** Every code that has a text of its own, in the order below. */
export function knownCodes(): { code: string; en: string; zh: string }[] {
  return Object.entries(MESSAGES).map(([code, [en, zh]]) => ({ code, en, zh }))
}

function documented(code: string): readonly [string, string] {
  const family = code.split('.')[0] ?? code
  return MESSAGES[code] ?? MESSAGES[family] ?? UNDOCUMENTED
}

const UNDOCUMENTED = ['The operation failed.', '操作失败。'] as const

// StartMigrateJob's own codes first, then what API 3.0 can say for every product.
const MESSAGES: Record<string, readonly [en: string, zh: string]> = {
  'FailedOperation.NotAllowOperation': ['This operation is prohibited.', '禁止该操作。'],
  'FailedOperation.StartJobFailed': ['Failed to start the task.', '任务开始失败。'],
  'FailedOperation.StatusInConflict': [
    'This operation cannot be performed due to status conflict.',
    '当前状态冲突，不能执行该操作。',
  ],
  'InternalError.AddTaskError': ['Failed to create the async task.', '添加异步任务失败。'],
  'InternalError.DatabaseError': [
    'Failed to access the database on the DTS platform.',
    '迁移平台数据库访问失败。',
  ],
  'InternalError.DuplicateJob': ['Migration tasks are in conflict.', '迁移任务冲突。'],
  'InternalError.InternalInnerCommonError': [
    'An error occurred while DTS accessed one of its internal components.',
    '内部组件访问错误。',
  ],
  'InternalError.LockError': ['Locks are in conflict.', '锁冲突。'],
  'InternalError.ProtocolError': ['Communication protocol error.', '通信协议错误。'],
  'InternalError.UnknownError': ['Unknown internal error.', '未知的内部错误。'],
  'LimitExceeded.MaxUnusedJobs': [
    'The number of idle migration tasks exceeds the limit.',
    '闲置迁移任务数目超过限制。',
  ],
  'OperationDenied.BizOperationDeniedError': [
    'The operation was denied as the condition was not met.',
    '当前操作不满足条件被阻止。',
  ],
  'OperationDenied.JobOperationDeniedError': ['Task operation failure.', '任务操作失败。'],
  'ResourceNotFound.JobNotExist': ['The migration task does not exist.', '迁移任务不存在。'],
  'UnauthorizedOperation.NotEnoughPrivileges': [
    'Verification failed. Insufficient permissions.',
    '认证失败，没有足够权限。',
  ],

  ActionOffline: ['This API has been taken out of service.', '接口已下线。'],
  AuthFailure: ['Authentication failed.', '认证失败。'],
  'AuthFailure.InvalidAuthorization': [
    "The Authorization request header does not follow Tencent Cloud's form.",
    '请求头部的 Authorization 不符合腾讯云标准。',
  ],
  'AuthFailure.SecretIdNotFound': ['The key does not exist.', '密钥不存在。'],
  'AuthFailure.SignatureExpire': [
    "The signature expired: the timestamp and the server's time differ by more than five minutes.",
    '签名过期。Timestamp 和服务器时间相差不得超过五分钟。',
  ],
  'AuthFailure.SignatureFailure': [
    'The signature is invalid: it was calculated wrongly or with the wrong secret key.',
    '签名错误。',
  ],
  'AuthFailure.TokenFailure': ['Token error.', 'token 错误。'],
  FailedOperation: ['The operation failed.', '操作失败。'],
  InternalError: ['Internal error.', '内部错误。'],
  InvalidAction: ['The API does not exist.', '接口不存在。'],
  InvalidParameter: ['A parameter error occurred.', '参数错误。'],
  InvalidParameterValue: ['A parameter has a wrong value.', '参数取值错误。'],
  LimitExceeded: ['A quota is exceeded.', '超过配额限制。'],
  MissingParameter: ['A parameter is missing.', '缺少参数。'],
  NoSuchVersion: ['The API version does not exist.', '接口版本不存在。'],
  OperationDenied: ['The operation was denied.', '操作被拒绝。'],
  RequestLimitExceeded: [
    'The number of requests exceeds the frequency limit.',
    '请求的次数超过了频率限制。',
  ],
  RequestSizeLimitExceeded: ['The request is larger than allowed.', '请求包超过限制大小。'],
  ResourceInUse: ['The resource is in use.', '资源被占用。'],
  ResourceNotFound: ['The resource does not exist.', '资源不存在。'],
  ResourceUnavailable: ['The resource is unavailable.', '资源不可用。'],
  ServiceUnavailable: ['The service is unavailable at the moment.', '当前服务暂时不可用。'],
  UnauthorizedOperation: ['Unauthorized operation.', '未授权操作。'],
  UnknownParameter: ['An unknown parameter was passed.', '未知参数错误。'],
  UnsupportedOperation: ['The operation is not supported.', '操作不支持。'],
  UnsupportedProtocol: [
    'This endpoint takes POST with a JSON body only.',
    'http(s) 请求协议错误，只支持 JSON 格式的 POST 请求。',
  ],
  UnsupportedRegion: [
    'The API does not support the region that was passed.',
    '接口不支持所传地域。',
  ],
}
