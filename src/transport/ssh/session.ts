import { runAsRoot } from '../root-shell.ts';
import type { TransportOptions } from '../options.ts';
import { limitTime } from '../time-limit.ts';
import type { Session } from '../transport.ts';
import { connect } from './connect.ts';
import { execute } from './execute.ts';
import { nameOf, type Route } from './route.ts';

/** Logs in anew and keeps that login. @throws {Failure} when it does not come up in so many seconds */
export async function openSession(route: Route, options: TransportOptions, seconds: number): Promise<Session> {
  const settings = route.at(-1)!;
  const where = nameOf(settings);
  const opening = limitTime(where, { timeoutSeconds: seconds });
  try {
    const link = await connect(route, { options, time: opening, onLogin: () => {} });
    return {
      login: true,
      run: async (script, limit) => {
        const time = limitTime(where, { timeoutSeconds: limit });
        try {
          const once = (command: string, what: Parameters<typeof execute>[3]) =>
            execute(link.client, where, command, what, time);
          return await runAsRoot(once, script, { where, user: settings.user });
        } finally {
          time.stop();
        }
      },
      close: () => link.close(),
    };
  } finally {
    opening.stop();
  }
}
