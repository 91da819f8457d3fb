import type { Observation } from '../../model/observation.ts';
import { readable } from '../answer.ts';
import type { Answers } from '../resource.ts';

const about = {
  fact: 'methods',
  label: 'the list of methods that sshd offers for login',
  probe: 'ssh_login.methods',
};

/** The list that sshd answers the method `none` with (RFC 4252, 5.2); `none` itself: it let us in without asking. */
export function readMethods(outside: string | undefined, answers: Answers): Observation {
  if (outside === 'none') {
    return { ...about, state: 'skipped', message: 'not looked at from outside, as the profile says (outside: none)' };
  }
  const answer = readable(answers, about.probe);
  if (!answer.ok) {
    const reason = answers[about.probe]?.stderr.trim().split('\n')[0];
    const message = reason ? `${answer.message}: ${reason}` : answer.message;
    return { ...about, state: 'unknown', code: answer.code, message };
  }
  const text = answer.stdout.trim();
  if (answer.code !== 0 || !/^[a-z0-9@.-]+(,[a-z0-9@.-]+)*$/.test(text)) {
    const message = answer.stderr.trim().split('\n')[0] || 'no list of methods came back';
    return { ...about, state: 'unknown', code: 'unparsable', message };
  }
  return { ...about, state: 'value', value: text.split(',') };
}
