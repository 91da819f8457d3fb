import { afterAll, afterEach } from 'vitest';

/**
 * For one `describe`: prints what every trial came to, and whether a new login works after it, which is tried then. It returns how a trial tells what
 * it saw.
 */
export function lockOuts(title: string, logIn: () => Promise<void>): (status: string) => void {
  const rows: string[] = [];
  let seen: string[] = [];
  afterEach(async ({ task }) => {
    const words = await logIn().then(
      () => 'works',
      (error: Error) => `FAILS (${error.message})`,
    );
    rows.push(`${task.name} → ${seen.join(', ') || 'nothing'} → a new login ${words}`);
    seen = [];
  });
  afterAll(() => console.log([title, ...rows].join('\n')));
  return (status) => seen.push(status);
}
