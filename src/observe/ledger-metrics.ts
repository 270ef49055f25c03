import { Gauge, type Registry } from 'prom-client';

export type LedgerState = {
  unbalancedMinutes: number;
  checkAgeMs: number;
};

/** The books as numbers to set an alarm on. */
export function ledgerMetrics(registry: Registry): { setLedger(state: LedgerState): void } {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] });
  const unbalanced = gauge('sharetrail_ledger_unbalanced_minutes', 'Ended minutes whose books do not balance.');
  const age = gauge('sharetrail_ledger_check_age_seconds', 'Time since somebody last looked whether they do.');
  return {
    setLedger: (state) => {
      unbalanced.set(state.unbalancedMinutes);
      age.set(state.checkAgeMs / 1000);
    },
  };
}
