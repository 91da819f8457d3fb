import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../draft.ts';
import type { StepKind } from './kind.ts';

interface Json {
  path: string;
  set: Record<string, unknown>;
}

/** Merges keys into a JSON object, maps deeply; unknown keys and the indentation stay. */
export const json: StepKind<Json> = {
  subject: 'files',
  needs: ({ path }, { files }) => files.add(path),
  draft: ({ path, set }, draft) => {
    const text = draft.file(path)?.content ?? '';
    const before = parse(path, text);
    const after = merge(before, set);
    if (isDeepStrictEqual(before, after)) return;
    const [, indent = '  '] = /^\{\s*\n([ \t]+)"/.exec(text) ?? [];
    draft.change(path, { content: textOf(after, indent) });
    if (path === '/etc/docker/daemon.json') {
      draft.validate.add('fa_docker_reads');
      draft.docker ??= { bridge: bridgeOf(before, indent) };
    }
  },
};

/** A reload without the key leaves live-restore as it is (moby, daemon/reload.go): so it is named, even for off. */
function bridgeOf(before: Record<string, unknown>, indent: string): { on: string; off: string } {
  const live = (value: unknown) => textOf({ ...before, 'live-restore': value }, indent);
  return { on: live(true), off: live(before['live-restore'] ?? false) };
}

const textOf = (value: object, indent: string) => `${JSON.stringify(value, null, indent)}\n`;

function parse(path: string, text: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    if (isMap(value)) return value;
  } catch {
    // the same words for both
  }
  throw new Refusal(`${path} is no JSON object: mend it by hand first`);
}

function merge(before: Record<string, unknown>, wanted: Record<string, unknown>): Record<string, unknown> {
  const changed = Object.entries(wanted).map(([key, value]) => {
    const old = before[key];
    return [key, isMap(old) && isMap(value) ? merge(old, value) : value] as const;
  });
  return { ...before, ...Object.fromEntries(changed) };
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
