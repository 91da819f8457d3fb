import { expect, test } from 'vitest';
import { recordedAnswers } from '../../../test/support/recorded.ts';
import { beyond } from './beyond.ts';
import { externalOf, readInterfaces } from './parse.ts';

const seen = readInterfaces(recordedAnswers('hardened-debian13'));
const interfaces = seen.ok ? seen.interfaces : [];
const isBeyond = beyond(interfaces, externalOf(interfaces, []));

test('a container is beyond the host', () => {
  const bridge = interfaces.find((each) => each.kind === 'bridge' && each.name.startsWith('br-'))!.addresses[0]!;
  expect(isBeyond(bridge.address.replace(/\.1$/, '.77'))).toBe(true);
  expect(isBeyond(bridge.address)).toBe(false);
});

test.each(['127.0.0.1', '::1', '10.9.9.9', '172.18.0.2-172.18.0.9', '', 'fd00::1'])('%j may be the host', (address) => {
  expect(isBeyond(address)).toBe(false);
});
