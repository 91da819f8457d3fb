import { execFileSync } from 'node:child_process';

/** The command line is tested as it is shipped: bundled. */
export default function setup(): void {
  execFileSync('node', ['scripts/build.mjs'], { stdio: 'inherit' });
}
