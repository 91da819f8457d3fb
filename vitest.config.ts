import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          include: ['test/**/*.test.ts', 'src/**/*.test.ts'],
          exclude: ['test/**/*.lab.test.ts'],
          globalSetup: ['test/build-setup.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'lab',
          sequence: { groupOrder: 1 },
          include: ['test/**/*.lab.test.ts'],
          globalSetup: ['test/build-setup.ts', 'test/lab-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 600_000,
          maxWorkers: 2,
          // A trial boots a whole host; on a busy machine one in some hundred does not come up in time. What is wrong fails twice.
          retry: 1,
        },
      },
    ],
  },
});
