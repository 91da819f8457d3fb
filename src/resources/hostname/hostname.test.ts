import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look, told } from '../../../test/support/look.ts';
import hostname from './index.ts';

const named = 'current|web-1\nstatic|web-1\nread|yes\nend\n';
const resolves = 'name|web-1\ncode|0\naddress|127.0.1.1\nline|/etc/hosts:2\nend\n';
const names = (text: string) => look(hostname, {}, text, resolves);
const addresses = (...list: string[]) => {
  const lines = list.map((each) => `address|${each}\n`).join('');
  return told(look(hostname, {}, named, `name|web-1\ncode|${list.length ? 0 : 2}\n${lines}end\n`));
};

describe('hostname', () => {
  it('reads a host as it should be', () => {
    expect(told(names(named))).toEqual({
      static: 'web-1',
      current: 'web-1',
      preserved: true,
      addresses: ['127.0.1.1'],
      loopback: true,
    });
  });

  it('tells nothing from pieces', () => expectNothingFromPieces(hostname, {}, named, resolves));

  it('passes over comments, and names the line', () => {
    const seen = names('current|a\nstatic|# by hand\nstatic|\nstatic|web-1\nread|yes\nend\n');
    expect(seen[0]).toMatchObject({ value: 'web-1', where: '/etc/hostname:3' });
  });

  it('knows that the kernel command line wins', () => {
    expect(told(names(named.replace('read|', 'boot|rescue\nread|'))).static).toBe('rescue');
  });

  it.each([
    ['none|cat: /etc/hostname: No such file or directory', 'absent'],
    ['none|cat: /etc/hostname: Permission denied', 'unknown'],
    ['static|two words\nread|yes', 'unknown'],
    ['read|yes', 'absent'],
  ])('%s', (lines, state) => {
    expect(told(names(`current|web-1\n${lines}\nend\n`)).static).toBe(state);
  });

  it.each([
    ['cloud|there', false],
    ['cloud|there\ncloud|off', true],
    ['cloud|there\npreserve|/etc/cloud/cloud.cfg:3|preserve_hostname: false', false],
    ['cloud|there\npreserve|/a:3|preserve_hostname: false\npreserve|/b:1|preserve_hostname : "true" # ours', true],
    ['cloud|there\npreserve|/a:3|preserve_hostname: *anchor', 'unknown'],
  ])('%s', (lines, preserved) => {
    const seen = names(named.replace('end\n', `${lines}\nend\n`));
    expect(told(seen)).toMatchObject({ preserved, static: 'web-1' });
    if (preserved !== true) expect(seen[0]).toHaveProperty('note');
  });

  it('takes nothing but loopback for loopback', () => {
    expect(addresses('::1', '127.0.0.1')).toMatchObject({ loopback: true });
    expect(addresses('::ffff:127.0.0.1')).toMatchObject({ loopback: true });
    expect(addresses('127.0.0.1', '203.0.113.7')).toMatchObject({ loopback: false });
    expect(addresses('127.0.0.1.example')).toMatchObject({ loopback: false });
    expect(addresses()).toMatchObject({ loopback: false, addresses: [] });
  });

  it('does not take a failure of getent for an answer', () => {
    for (const text of ['code|1', 'code|0', 'code|2\naddress|127.0.0.1', '']) {
      expect(told(look(hostname, {}, named, `name|web-1\n${text}${text && '\n'}end\n`)).loopback).toBe('unknown');
    }
  });
});
