import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from 'vitest';
import { boot, type BootOptions, type LabHost } from '../../lab/index.ts';
import type { Engine } from '../../src/fix/engine.ts';
import { carryOut, listTransactions, type Outcome } from '../../src/fix/index.ts';
import type { FileState, Transaction } from '../../src/model/fix-plan.ts';
import { createTransport, type Session, type Transport } from '../../src/transport/index.ts';
import { lockOuts } from './lock-outs.ts';

/** What writes of the trials go to: a drop-in of sshd, and a file that nobody reads. */
export const dropIn = '/etc/ssh/sshd_config.d/00-trial.conf';
export const other = '/etc/fleet-audit-trial.conf';

/** As Ubuntu has it: systemd listens, and the first login starts sshd. */
export const bySocket = 'systemctl disable -q --now ssh.service && systemctl enable -q --now ssh.socket';

/** A host on which transactions are carried out, with a login that was there before. */
export interface FixHost {
  host: LabHost;
  transport: Transport;
  session: Session;
  carry(transaction: Transaction, more?: Partial<Engine>): Promise<Outcome>;
  state(id: string): Promise<string>;
  read(path: string): Promise<string>;
  lastId(): Promise<string>;
  /** Until the host has come to an end with it by itself. */
  waitFor(id: string, seconds: number): Promise<string>;
  /** A brand-new login works, nothing is left behind, and the host waits for nobody. */
  expectNothingLeft(): Promise<void>;
}

/** For one `describe`: boots the host before its trials and prints afterwards what came of them. `prepare` is done on it before anybody logs in. */
export function fixHost(title: string, options: BootOptions, prepare = ':'): FixHost {
  const own = {} as Pick<FixHost, 'host' | 'transport' | 'session'>;
  const saw = lockOuts(title, async () => (await own.transport.open!(20)).close());
  beforeAll(async () => {
    own.host = await boot(options);
    expect(await own.host.exec(prepare)).toMatchObject({ code: 0 });
    own.transport = transportBy(own.host.sshConfig);
    own.session = await own.transport.open!(20);
  });
  afterAll(async () => {
    own.session?.close();
    await own.host?.stop();
  });
  return Object.assign(own, actionsOn(own, saw));
}

export function transportBy(sshConfigFile: string): Transport {
  return createTransport('ubuntu', { sshConfigFile, acceptNewHostKey: false, askPassphrase: async () => null });
}

export const newFile = (path: string, content: string, before: FileState | null = null) => ({
  ...{ path, before, diff: '' },
  after: { content, mode: '0600', owner: 'root:root' },
});

/** What cuts the operator off, without the look ahead that would refuse it. */
export function sshd(text: string, more: Partial<Transaction> = {}): Transaction {
  return {
    ...{ risk: 'access', subject: 'sshd', controls: [], live: [], validate: [], dangers: [] },
    files: [newFile(dropIn, text)],
    activate: ['fa_reload_sshd'],
    ...more,
  };
}

function actionsOn(
  own: Pick<FixHost, 'host' | 'transport' | 'session'>,
  saw: (status: string) => void,
): Omit<FixHost, keyof typeof own> {
  const state = async (id: string) => (await own.host.exec(`ls /var/lib/fleet-audit/txn/${id}/state`)).stdout.trim();
  return {
    carry: async (transaction, more = {}) => {
      const { transport, session } = own;
      const outcome = await carryOut(transaction, { ...engine, transport, session, ...more });
      saw(outcome.status);
      return outcome;
    },
    state,
    read: async (path) => (await own.host.exec(`cat ${path} 2>/dev/null || echo NONE`)).stdout.trim(),
    lastId: async () => (await listTransactions(own.session)).at(-1)!.id,
    waitFor: async (id, seconds) => {
      for (let left = seconds; left > 0; left -= 1) {
        const now = await state(id);
        if (now === 'rolled-back' || now === 'rollback-failed') return now;
        await sleep(1000);
      }
      return state(id);
    },
    expectNothingLeft: () => expectNothingLeft(own),
  };
}

const engine = {
  ...{
    operator: {
      login: 'ubuntu',
      from: '198.18.0.1',
      at: '198.18.0.2',
      port: '22',
      others: ['fleetclaw', 'nobody-here'],
    },
    deadline: 60,
    soak: 0,
  },
  verify: async () => null,
  onState: () => {},
};

async function expectNothingLeft({ host, transport }: Pick<FixHost, 'host' | 'transport'>): Promise<void> {
  const fresh = await transport.open!(20);
  expect((await fresh.run('echo in', 10)).stdout).toBe('in\n');
  fresh.close();
  const left = `ls -d /var/lib/fleet-audit/pending /etc/systemd/system/fleet-audit-recover.service 2>/dev/null
find /etc -name '.fleet-audit*'; systemctl list-units --all --plain --no-legend 'fleet-audit-*'; systemctl --failed --plain --no-legend 'fleet-audit-*'`;
  expect((await host.exec(left)).stdout).toBe('');
}
