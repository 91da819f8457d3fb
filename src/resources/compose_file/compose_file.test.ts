import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectNothingFromPieces, look } from '../../../test/support/look.ts';
import composeFile from './index.ts';
import { composeProbe } from './probe.ts';
import { reduce } from './reduce.ts';
import { parseShort } from './short.ts';

const dir = '/home/fleetclaw/fleetclaw';
const gone = (name: string) => `gone|${name}|stat: cannot statx '${dir}/${name}': No such file or directory\n`;
const raw = (yaml: string, env = '') =>
  `dir|directory\n${gone('compose.yaml')}file|docker-compose.yml|${yaml.length}|regular file\n${behind(yaml)}${gone('docker-compose.override.yml')}env|.env|${env.length}|regular file\n${behind(env)}end\n`;
const behind = (text: string) => text.replace(/^/gm, '|') + '\n';

const service = (ports: string, more = '') =>
  `services:\n  redis:\n    image: redis\n    environment:\n      TOKEN: hunter2\n${more}    ports:\n${ports}`;
const list = (...ports: string[]) => service(ports.map((port) => `      - ${port}\n`).join(''));
const seen = (yaml: string, env = '', options: object = {}) =>
  look(composeFile, { dir, ...options }, reduce(raw(yaml, env))).filter((each) => each.fact === 'loopback');
const values = (yaml: string, env = '', options: object = {}) =>
  seen(yaml, env, options).map((each) => (each.state === 'value' ? each.value : each.state));

describe('compose_file', () => {
  it('names the service, the port and the line', () => {
    const [bad] = seen(list('"127.0.0.1:6379:6379"', '"6379:6379"')).slice(1);
    expect(bad).toMatchObject({
      label: 'service redis',
      value: false,
      note: '6379:6379, on all addresses',
      where: `${dir}/docker-compose.yml:8`,
    });
  });

  it('tells nothing from pieces', () =>
    expectNothingFromPieces(composeFile, { dir }, reduce(raw(list('"127.0.0.1:6379:6379"', '"6379:6379"')))));

  it('keeps nothing of the file but its ports', () => {
    const kept = reduce(raw(list('"127.0.0.1:6379:6379"', '"${PASSWORD}:1:1"'), 'PASSWORD=swordfish\nOTHER=tuna'));
    expect(kept).not.toMatch(/hunter2|tuna/);
    expect(reduce('Bearer abc\n')).toBe('odd\n');
  });

  it.each([
    ['127.0.0.1:6379:6379', true],
    ['"127.0.0.1::6379"', true],
    ['"127.1.2.3:6379:6379/udp"', true],
    ['"[::1]:6379:6379"', true],
    ['"::1:6379:6379"', true],
    ['6379:6379', false],
    ['"6379"', false],
    ['6379', false],
    ['"9000-9010:9000-9010"', false],
    ['0.0.0.0:6379:6379', false],
    ['"[::]:6379:6379"', false],
    ['192.168.7.1:6379:6379', false],
    ['{ target: 6379, published: "6379" }', false],
    ['{ target: 6379, published: "6379", host_ip: 127.0.0.1 }', true],
    ['{ target: 6379, host_ip: 0.0.0.0 }', false],
    ['localhost:6379:6379', 'unknown'],
    ['"6379:6379:x"', 'unknown'],
    ['[1]', 'unknown'],
    ['null', 'unknown'],
  ])('%s', (port, expected) => expect(values(list(port))).toEqual([expected]));

  it('allows what is allowed', () => {
    expect(values(list('100.64.0.5:6379:6379'), '', { allow: ['100.64.0.5'] })).toEqual([true]);
    expect(values(list('0.0.0.0:6379:6379'), '', { allow: ['100.64.0.5'] })).toEqual([false]);
  });

  it.each([
    ['"${BIND}:6379:6379"', 'BIND=127.0.0.1', true],
    ['"${BIND}:6379:6379"', '', false],
    ['"${BIND:-127.0.0.1}:6379:6379"', '', true],
    ['"${BIND:-127.0.0.1}:6379:6379"', 'BIND=0.0.0.0', false],
    ['"${BIND:-127.0.0.1}:6379:6379"', 'BIND=', true],
    ['"${BIND-127.0.0.1}:6379:6379"', 'BIND=', false],
    ['"$BIND:6379:6379"', 'BIND="127.0.0.1"', true],
    ['"127.0.0.1:${PORT:-6379}:6379"', '', true],
    ['"${A:-${B}}:6379:6379"', '', 'unknown'],
    ['"${BIND}:6379:6379"', 'BIND=127.0.0.1\nwhat is this', 'unknown'],
    ['"127.0.0.1:6379:6379"', 'COMPOSE_FILE=other.yml', 'unknown'],
  ])('%s with %j', (port, env, expected) => expect(values(list(port), env)).toEqual([expected]));

  it('follows anchors and merges', () => {
    const yaml =
      'x-open: &open\n  ports: ["6379:6379"]\nservices:\n  a:\n    <<: *open\n  b: { ports: &p ["127.0.0.1:1:1"] }\n  c: { ports: *p }\n';
    expect(values(yaml)).toEqual([false, true, true]);
  });

  it("calls the host's network what it is", () => {
    expect(values('services:\n  a: { network_mode: host }\n')).toEqual([false]);
    expect(values('services:\n  a: { network_mode: "${M}" }\n', 'M=host')).toEqual([false]);
    expect(values('services:\n  a: { network_mode: none }\n')).toEqual([true]);
  });

  it.each([
    ['include: [other.yml]\nservices: { a: { ports: ["127.0.0.1:1:1"] } }'],
    ['services: { a: { extends: { file: x.yml, service: b } } }'],
    ['services: { a: { ports: { x: 1 } } }'],
    ['services: { a: 1 }'],
    ['services: ['],
    ['services: { a: { ports: [] }, a: {} }'],
    ['a: &a [*a]\nservices: *b'],
    ['- 1'],
    [''],
    ['services: {}\n---\nservices: {}'],
  ])('does not guess: %j', (yaml) => expect(values(yaml)).toContain('unknown'));

  it('tells that there is none', () => {
    const none = look(composeFile, { dir }, `dir|directory\n${gone('compose.yml')}end\n`);
    expect(none.map((each) => (each.state === 'value' ? each.value : each.state))).toEqual([false, 'absent']);
    const denied = look(composeFile, { dir }, `dir|directory\ngone|compose.yml|stat: Permission denied\nend\n`);
    expect(denied.map(({ state }) => state)).toEqual(['unknown', 'unknown']);
    const nowhere = `none|stat: cannot statx '${dir}': No such file or directory\nend\n`;
    expect(look(composeFile, { dir }, nowhere)[0]).toMatchObject({ state: 'value', value: false });
  });

  it('asks for the two names of each kind in one snippet', () => {
    expect(composeProbe("/it's").run).toContain(`dir='/it'\\''s'`);
  });

  it('never finds loopback in a text that does not say it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const port = parseShort(text);
        if (port && port.address !== '') expect(text).toContain(port.address);
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => void expect(values(text)).not.toContain(true)));
  });
});
