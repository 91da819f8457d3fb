import type { Transaction } from '../../model/fix-plan.ts';
import { quote } from '../../model/quote.ts';
import type { Operator } from '../operator.ts';
import { library } from './library.ts';
import { home } from './places.ts';
import { rollback } from './rollback.ts';
import { snapshot } from './snapshot.ts';
import { worker } from './worker.ts';

/** The scripts of one transaction, complete and readable by a person in an emergency. */
export interface Scripts {
  snapshot: string;
  worker: string;
  rollback: string;
}

/** `id` names the transaction's directory, its units and what it leaves beside a file for a moment. */
export function scriptsFor(id: string, transaction: Transaction, operator: Operator): Scripts {
  const head = (by: string) =>
    `ID=${id}\nT=${home}/txn/${id}\nBY=${by}\nLOGIN=${quote(operator.login)}\nFROM=${quote(operator.from)}\nAT=${quote(operator.at)}\nPORT=${quote(operator.port)}\nOTHERS=${quote(operator.others.join(' '))}\n${library}`;
  return {
    snapshot: head('client') + snapshot(transaction),
    worker: head('worker') + worker(transaction),
    rollback: `#!/bin/sh\n# Undoes the changes of fleet-audit transaction ${id}. By hand, as root: sh ${home}/txn/${id}/rollback.sh person\n${head('"${1:-person}"')}${rollback(transaction)}`,
  };
}
