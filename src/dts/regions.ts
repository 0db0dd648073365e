/** Regions in which DTS is offered, with the English names of Tencent Cloud's own list. */
export const REGIONS = [
  { id: 'ap-guangzhou', label: 'Guangzhou' },
  { id: 'ap-shanghai', label: 'Shanghai' },
  { id: 'ap-beijing', label: 'Beijing' },
  { id: 'ap-nanjing', label: 'Nanjing' },
  { id: 'ap-chengdu', label: 'Chengdu' },
  { id: 'ap-chongqing', label: 'Chongqing' },
  { id: 'ap-hongkong', label: 'Hong Kong (China)' },
  { id: 'ap-taipei', label: 'Taipei (China)' },
  { id: 'ap-singapore', label: 'Singapore' },
  { id: 'ap-bangkok', label: 'Bangkok' },
  { id: 'ap-jakarta', label: 'Jakarta' },
  { id: 'ap-mumbai', label: 'Mumbai' },
  { id: 'ap-seoul', label: 'Seoul' },
  { id: 'ap-tokyo', label: 'Tokyo' },
  { id: 'na-ashburn', label: 'Virginia' },
  { id: 'na-siliconvalley', label: 'Silicon Valley' },
  { id: 'na-toronto', label: 'Toronto' },
  { id: 'eu-frankfurt', label: 'Frankfurt' },
  { id: 'sa-saopaulo', label: 'São Paulo' },
  { id: 'ap-shanghai-fsi', label: 'Shanghai Finance' },
  { id: 'ap-shenzhen-fsi', label: 'Shenzhen Finance' },
  { id: 'ap-beijing-fsi', label: 'Beijing Finance' },
] as const

/** Checks the form only: Tencent Cloud adds regions without notice, so `REGIONS` may lack one. */
export function isRegionId(text: string): boolean {
  return /^[a-z]{2,10}(-[a-z0-9]{2,20}){1,3}$/.test(text)
}

/**
 * The host to call for a region. Both sites document their shared host for non-finance regions only:
 * a finance region has a host of its own, the same on both. Any other endpoint serves every region.
 */
export function hostFor(host: string, region: string): string {
  const isFinance = REGIONS.some(({ id }) => id === region && id.endsWith('-fsi'))
  return isFinance && SHARED_HOSTS.has(host) ? `dts.${region}.tencentcloudapi.com` : host
}

/** Of the China site and of the international one. */
const SHARED_HOSTS = new Set(['dts.tencentcloudapi.com', 'dts.intl.tencentcloudapi.com'])
