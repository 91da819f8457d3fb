import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordedAnswers } from '../../../test/support/recorded.ts';
import type { HostProbe } from '../../model/probe.ts';
import redis from './index.ts';

const env = '/home/fleetclaw/fleetclaw/.env';
const options = {
  ...{ container: 'fleetclaw-redis', admin_user: 'admin', password: `host-file:${env}#REDIS_PASSWORD_ADMIN` },
  ...{ env_file: env, pairs: [], trusted: ['root', 'fleetclaw'] },
};
const [probe] = redis.probes(options as never) as [HostProbe];

/** What the probe printed on a lab host, without its secrets. */
function recorded(host: string): string {
  return recordedAnswers(host)[probe.name]!.stdout;
}
const hosts = { 'Redis 8.0': recorded('hardened-debian13'), 'Redis 7.0': recorded('hardened-debian12') };
const good = hosts['Redis 8.0'];

function look(stdout: string) {
  const answer = { digest: '', outcome: 'exited', code: 0, stdout, stderr: '', truncated: false, ms: 1 } as const;
  return redis.read(options as never, { [probe.name]: answer });
}

function tell(stdout: string, fact: string): unknown[] {
  const seen = look(stdout).filter((each) => each.fact === fact);
  return seen.map((each) => (each.state === 'value' ? each.value : each.state));
}

describe('redis', () => {
  it.each(Object.entries(hosts))('reads %s', (_, stdout) => {
    expect(tell(stdout, 'unauthenticated')).toEqual(['refused']);
    expect(tell(stdout, 'default_user')).toEqual(['off']);
    expect(tell(stdout, 'other_key')).toEqual(['noperm-key', 'noperm-key']);
    expect(tell(stdout, 'live_other_key')).toEqual(['noperm-key', 'noperm-key']);
    expect(tell(stdout, 'every_channel')).toEqual(['noperm-channel', 'noperm-channel']);
    expect(tell(stdout, 'own_key')).toEqual(['permitted', 'permitted']);
    expect(tell(stdout, 'dangerous_commands')).toEqual([[], []]);
    expect(tell(stdout, 'commands_beyond')).toEqual([[], []]);
    expect(tell(stdout, 'drift')).toEqual([[]]);
  });

  it('says something about every fact', () => {
    for (const stdout of [good, recorded('bare-debian13'), 'docker|none\nend\n', '']) {
      const told = new Set(look(stdout).map(({ fact }) => fact));
      expect(Object.keys(redis.facts).filter((fact) => !told.has(fact))).toEqual([]);
    }
  });

  it('counts what a selector gives, and nothing that it takes away', () => {
    const open = good.replace(
      /^(r\|user ex_001 .*?) resetchannels &fleet:inbox:EX-001 (.*)$/m,
      '$1 resetchannels &* $2 (~fleet:inbox:DZ-* resetchannels -@all +eval)',
    );
    expect(tell(open, 'reaches_channels')).toEqual([[], ['DZ-001']]);
    expect(tell(open, 'reaches_keys')).toEqual([[], ['DZ-001']]);
    expect(tell(open, 'commands_beyond')).toEqual([[], ['eval']]);
    expect(String(tell(open, 'drift'))).toMatch(/ex_001 \(line 3\): .*1 selectors/);
  });

  it('takes one that is started again and again for one that does not run', () => {
    const restarted = good.replace('"name":"fleetclaw-redis","status":"running","restarts":0', (text) =>
      text.replace('0', '3'),
    );
    expect(tell(restarted, 'running')).toEqual([true]);
    const silent = restarted.replace(/^r\|.*\n/gm, '');
    expect(tell(silent, 'running')).toEqual([false]);
    expect(tell(good.replace(/^r\|.*\n/gm, ''), 'running')).toEqual([true]);
    expect(tell(silent, 'other_key')).toEqual(['unknown']);
  });

  it('takes a question that was asked twice, and got one answer', () => {
    const [question] = /r\|=ex_001 PSUBSCRIBE \*\nr\|.*\n/.exec(good)!;
    expect(tell(good.replace(question, question + question), 'every_channel')).toEqual(Array(2).fill('noperm-channel'));
    const other = `${question.split('\n')[0]}\nr|OK\n`;
    expect(tell(good.replace(question, question + other), 'every_channel')).toEqual(['unknown']);
  });

  it('counts whom everybody is, when nobody needs to log in', () => {
    const open = good.replace(
      /^r\|user default off .*$/m,
      'r|user default on nopass sanitize-payload ~fleet:* &x -@all +get',
    );
    expect(tell(open, 'reaches_keys')).toEqual([[], [], ['DZ-001', 'EX-001']]);
    expect(tell(open, 'reaches_channels')).toEqual([[], [], []]);
  });

  it('takes only a host without any sign of Redis for one without', () => {
    expect(tell('docker|none\nend\n', 'deployed')).toEqual([false]);
    expect(tell('docker|ok\nend\n', 'deployed')).toEqual([false]);
    for (const sign of ['port|yes', 'process|redis-server|out', 'process|valkey-server|out']) {
      expect(tell(`docker|ok\n${sign}\nend\n`, 'deployed')).toEqual(['unknown']);
    }
    expect(tell('docker|failed: permission denied\nend\n', 'deployed')).toEqual(['unknown']);
  });

  it('knows nothing from an answer that is cut off anywhere', () => {
    fc.assert(
      fc.property(fc.nat(good.length - 1), (at) => {
        expect(look(good.slice(0, at)).filter(({ state }) => state !== 'unknown')).toEqual([]);
      }),
    );
  });

  it('never finds isolation in an answer that shows none, whatever is missing', () => {
    const bad = good.replace(/^([rs])\|(User \S+ has no permissions to access|NOPERM).*$/gm, '$1|OK');
    const lines = bad.split('\n');
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(lines.length - 2), { maxLength: 4 }), (gone) => {
        const rest = lines.filter((_, at) => !gone.includes(at)).join('\n');
        for (const fact of ['other_key', 'other_subscribe', 'other_publish', 'every_channel', 'live_other_key']) {
          expect(tell(rest, fact).filter((each) => String(each).startsWith('noperm-'))).toEqual([]);
        }
      }),
    );
  });
});
