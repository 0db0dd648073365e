import { z } from 'zod'

/** The steps of a check, in their order. Names are Chinese whatever language was asked for. */
export const CHECK_STEPS = {
  ConnectDBCheck: '连接DB检查',
  VersionCheck: '版本检查',
  SrcPrivilegeCheck: '源实例权限检查',
  SimpleParamCheck: '部分实例参数检查',
  DstPrivilegeCheck: '目标实例权限检查',
  DstEmptyCheck: '目标实例内容冲突检查',
  DstSpaceCheck: '目标实例空间检查',
  BinlogParamCheck: 'binlog参数检查',
  ConstraintCheck: '外键依赖检查',
  ConstraintRefCheck: '外键部分库表依赖检查',
  ViewCheck: '视图检查',
  WarningParamCheck: '警告项检查',
  OptimizeCheck: '周边检查',
} as const

export type CheckStepId = keyof typeof CHECK_STEPS

/** A step that does not simply pass: whether a check fails on it, and whether people may skip it. */
export type CheckItem = z.output<typeof checkItem>

export const checkItem = z.strictObject({
  step: z.enum(Object.keys(CHECK_STEPS) as CheckStepId[]),
  result: z.enum(['failed', 'warning']).default('failed'),
  message: z.string(),
  skippable: z.boolean().default(false),
})
