import type { Database } from './open-database.ts'

const MINUTE_MS = 60_000

/** That a webhook with a flow's token named an account, which could not be read then. */
interface Report {
  flowId: string
  accountId: string
}

/**
 * What webhooks named beyond their share of calls to Pipedream, until the reconciler has read the user's accounts after the
 * flow's time. As many as come are kept, because the owner of a flow could otherwise crowd out a true one.
 */
export interface ReportedAccounts {
  /** Does nothing for a flow that is settled. A revoked flow becomes due at the next full minute, as all of its user. */
  record(report: Report): Promise<void>
  /** Lists which of these accounts were named for which of these flows. */
  list(options: { flowIds: readonly string[]; accountIds: readonly string[] }): Promise<Report[]>
  /** Deletes the reports of a flow if it is settled: it may have become due again for one of them. */
  forget(flowId: string): Promise<void>
}

export function createReportedAccounts(database: Database, now: () => Date): ReportedAccounts {
  return {
    async record({ flowId, accountId }) {
      const minute = Math.ceil(now().getTime() / MINUTE_MS) * MINUTE_MS
      const nextMinute = new Date(minute).toISOString()
      await database.commit(async ({ tables }) => {
        const flow = await tables
          .selectFrom('flows')
          .select('burned_at')
          .where('id', '=', flowId)
          .where('settle_after', 'is not', null)
          .executeTakeFirst()
        if (!flow) return
        await tables
          .insertInto('reported_accounts')
          .values({ flow_id: flowId, account_id: accountId })
          .onConflict((conflict) => conflict.columns(['flow_id', 'account_id']).doNothing())
          .execute()
        if (flow.burned_at === null) return
        await tables
          .updateTable('flows')
          .set({ settle_after: nextMinute })
          .where('id', '=', flowId)
          .where('settle_after', '>', nextMinute)
          .execute()
      })
    },
    list({ flowIds, accountIds }) {
      if (flowIds.length === 0 || accountIds.length === 0) return Promise.resolve([])
      return database.tables
        .selectFrom('reported_accounts')
        .select(['flow_id as flowId', 'account_id as accountId'])
        .where('flow_id', 'in', flowIds)
        .where('account_id', 'in', accountIds)
        .execute()
    },
    async forget(flowId) {
      await database.commit(({ tables }) => {
        const settled = tables.selectFrom('flows').select('id').where('settle_after', 'is', null)
        return tables
          .deleteFrom('reported_accounts')
          .where('flow_id', '=', flowId)
          .where('flow_id', 'in', settled.where('id', '=', flowId))
          .execute()
      })
    },
  }
}
