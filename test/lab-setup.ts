import { available, prepare, sweep } from '../lab/index.ts';

/**
 * Before the lab tests: base images and hardened layers, once. Where the lab cannot run they are not run, and said so in
 * one line, unless `FLEET_AUDIT_LAB=require` (CI, `npm run test:lab`) makes that a failure.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const reason = available();
  if (reason) {
    if (process.env.FLEET_AUDIT_LAB === 'require') throw new Error(`the lab cannot run here: ${reason}`);
    console.error(`lab tests NOT RUN: ${reason}`);
    process.env.FLEET_AUDIT_LAB_UNAVAILABLE = reason;
    return async () => {};
  }
  await prepare();
  return sweep;
}
