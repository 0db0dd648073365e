import { expect, test } from 'vitest'
import { REGIONS, hostFor, isRegionId } from '../../src/dts/regions.ts'

test('every listed region has the form of a region id and is listed once', () => {
  for (const { id } of REGIONS) expect(isRegionId(id), id).toBe(true)
  expect(new Set(REGIONS.map(({ id }) => id)).size).toBe(REGIONS.length)
})

test.each(['', 'guangzhou', 'ap_guangzhou', 'AP-guangzhou', 'ap-guangzhou.evil', 'ap-x\n'])(
  '%j is not a region id',
  (text) => expect(isRegionId(text)).toBe(false),
)

// The request structure pages of both sites: the shared host is for non-finance regions only.
test.each(['dts.tencentcloudapi.com', 'dts.intl.tencentcloudapi.com'])(
  'with %s, a finance region is called at its own host and the others at the shared one',
  (shared) => {
    expect(hostFor(shared, 'ap-shanghai-fsi')).toBe('dts.ap-shanghai-fsi.tencentcloudapi.com')
    expect(hostFor(shared, 'ap-shanghai')).toBe(shared)
    expect(hostFor(shared, 'ap-evil-fsi')).toBe(shared)
  },
)

test.each(['127.0.0.1:8080', 'dts.proxy.example', 'dts.tencentcloudapi.com.example'])(
  "the operator's own endpoint %s serves every region",
  (own) => expect(hostFor(own, 'ap-shanghai-fsi')).toBe(own),
)
