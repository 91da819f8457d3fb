import type { Draft } from '../draft.ts';

/** What a plan has to know of the host first. */
export interface Needs {
  files: Set<string>;
  sysctls: Set<string>;
  units: Set<string>;
  /** Patterns whose matches' mode and owner are wanted, and nothing of what they hold. */
  access: Set<string>;
  packages: Set<string>;
  /** The live chain, and what faces the internet. */
  dockerUser: boolean;
  /** The rules that somebody added to UFW. */
  ufwRules: boolean;
}

/** One kind of step: pure, from what the host is to what it is to be. */
export interface StepKind<Wanted> {
  /** Adds what it reads or changes. */
  needs: (wanted: Wanted, needs: Needs) => void;
  /** @throws {Refusal} when it cannot be done on this host */
  draft: (wanted: Wanted, draft: Draft) => void;
  /** What is proven by itself when it may cut people off: one transaction each. */
  subject: string;
}
