import type { Step } from '../../model/fix.ts';
import type { Draft } from '../draft.ts';
import { apt } from './apt.ts';
import { dockerUser } from './docker-user.ts';
import { file } from './file.ts';
import { ini } from './ini.ts';
import { json } from './json.ts';
import type { Needs, StepKind } from './kind.ts';
import { line } from './line.ts';
import { mode } from './mode.ts';
import { packages } from './packages.ts';
import { run } from './run.ts';
import { sshd } from './sshd.ts';
import { sysctl } from './sysctl.ts';
import { ufw } from './ufw.ts';
import { unit } from './unit.ts';

const kinds: Record<string, StepKind<never>> = {
  apt,
  docker_user: dockerUser,
  file,
  ini,
  json,
  line,
  mode,
  package: packages,
  run,
  sshd,
  sysctl,
  ufw,
  unit,
};

/** What these steps read or change. */
export function needsOf(steps: readonly Step[]): Needs {
  const needs = nothingNeeded();
  for (const step of steps) {
    const { kind, wanted } = open(step);
    kind.needs(wanted, needs);
  }
  return needs;
}

function nothingNeeded(): Needs {
  return {
    ...{ files: new Set(), sysctls: new Set(), units: new Set(), access: new Set(), packages: new Set() },
    ...{ dockerUser: false, ufwRules: false },
  };
}

/** Carries a step out on a draft. @throws {Refusal} */
export function draftStep(step: Step, draft: Draft): void {
  const { kind, wanted } = open(step);
  kind.draft(wanted, draft);
}

export function subjectOf(step: Step): string {
  return open(step).kind.subject;
}

function open(step: Step): { kind: StepKind<never>; wanted: never } {
  const [name, wanted] = Object.entries(step)[0]!;
  return { kind: kinds[name]!, wanted: wanted as never };
}
