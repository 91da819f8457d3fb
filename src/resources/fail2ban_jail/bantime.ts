import { banSeconds, forEver } from '../fail2ban/bantime.ts';
import type { Jail } from '../fail2ban/server.ts';
import { unknown, value, type Told } from '../said.ts';

/**
 * The shortest ban. With `bantime.increment` the first lasts `bantime` and later ones are computed: a formula never gives less than
 * `bantime`, multipliers may, and `maxtime` cuts both (`Jail.setBanTimeExtra`, `ObserverThread.incrBanTime`).
 */
export function shortestBan({ get }: Jail, where?: string): Told {
  const first = banSeconds(get.bantime);
  const place = where && `set by ${where}`;
  if (get.bantime < 0) return value(first, [forEver, place].filter(Boolean).join(', '), where);
  if (!get['bantime.increment']) return value(first, place, where);
  const later = laterBan(first, get);
  if (later === null) return unknown('how bans grow could not be understood');
  if (later >= first) return value(first, place, where);
  return value(later, 'a second ban is shorter than the first, see bantime.increment');
}

function laterBan(first: number, get: Jail['get']): number | null {
  const most = get['bantime.maxtime'] ?? Infinity;
  const multipliers = get['bantime.multipliers']?.trim();
  if (!multipliers) return Math.min(first, most);
  const numbers = [get['bantime.factor'] ?? '1', ...multipliers.split(/\s+/)].map(Number);
  if (numbers.some(Number.isNaN)) return null;
  const [factor, ...rest] = numbers as [number, ...number[]];
  return Math.min(first * factor * Math.min(...rest), most);
}
