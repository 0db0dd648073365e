import { link } from '../lenient.ts'

/**
 * The http(s) link in a text of DTS, which writes some without a scheme and after a title:
 * `Check: cloud.tencent.com/document/product/571/58690`. Undefined for a text without one.
 */
export function helpLink(text: string): string | undefined {
  const whole = link(text.trim())
  if (whole) return whole
  const inside = /https?:\/\/[^\s<>|"，。；）]{1,2000}/.exec(text)?.[0]
  if (inside) return link(inside)
  const bare = WITHOUT_SCHEME.exec(text)?.[1]
  return bare && `https://${bare}`
}

/** On Tencent Cloud's own sites only. */
const WITHOUT_SCHEME =
  /(?:^|[\s:：])((?:www\.)?(?:(?:intl\.)?cloud\.tencent|tencentcloud)\.com\/[\w./#?=&%-]{1,500})/
