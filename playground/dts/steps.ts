/** A named part of a run: from which fraction of the whole on, and how large a part of it. */
export type Step = Named & { begins: number }

type Named = { id: string; name: string; share: number }

const PREPARE: Named = { id: 'PrepareEnvironment', name: '环境准备', share: 0.05 }
const STRUCTURE: Named[] = [
  { id: 'ExportStructure', name: '结构导出', share: 0.05 },
  { id: 'ImportStructure', name: '结构导入', share: 0.1 },
]
const DATA: Named[] = [
  { id: 'ExportFullData', name: '全量数据导出', share: 0.3 },
  { id: 'ImportFullData', name: '全量数据导入', share: 0.4 },
]
const VERIFY: Named = { id: 'VerifyData', name: '数据一致性校验', share: 0.1 }
const INCREMENTAL: Named = { id: 'SyncIncremental', name: '增量数据同步', share: 0.1 }

/** The steps of a run in order. Names are Chinese whatever language was asked for. */
export function stepsOf(migrateType: 1 | 2 | 3): Step[] {
  let begins = 0
  return named(migrateType).map((step) => {
    const placed = { ...step, begins }
    begins += step.share
    return placed
  })
}

function named(migrateType: 1 | 2 | 3): Named[] {
  switch (migrateType) {
    case 1:
      return [PREPARE, ...STRUCTURE.map((step) => ({ ...step, share: 0.475 }))]
    case 2:
      return [PREPARE, ...STRUCTURE, ...DATA, VERIFY]
    case 3:
      return [PREPARE, ...STRUCTURE, ...DATA, INCREMENTAL]
  }
}
