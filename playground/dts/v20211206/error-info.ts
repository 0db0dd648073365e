import { type Planted, spill } from '../planted.ts'

/** An entry of ErrorInfo for `code: message`. */
export function errorField(error: string, planted: Planted) {
  return {
    Code: /^(\w+): /.exec(error)?.[1] ?? '',
    Solution: '请根据错误日志修复问题后重试。',
    ErrorLog: spill(error, planted),
    HelpDoc: 'https://cloud.tencent.com/document/product/571/58685',
  }
}
