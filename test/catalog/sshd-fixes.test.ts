import { expect, test } from 'vitest';
import { loadGuide } from '../lab/audit.ts';

/** The reload would read what somebody else left in the files, another port perhaps, and undoing it reads the same again. */
test('sshd is told to read its files only where it has read what was there before', async () => {
  const { controls } = await loadGuide();
  const fixes = controls.flatMap(({ id, fix }) => (fix?.automatic ? [{ id, ...fix.automatic }] : []));
  const ours = fixes.filter(({ steps }) => steps.some((step) => 'sshd' in step));
  expect(ours.length).toBeGreaterThan(5);
  const without = ours.filter(({ requires }) => !requires.includes('ssh-running-config-current'));
  expect(without.map(({ id }) => id)).toEqual([]);
});
