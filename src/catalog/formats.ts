import { isIP } from 'node:net';
import { compileRegex } from '../matchers/index.ts';

/** References to inputs are still unknown when a file is first looked at; the bound value is validated again. */
const reference = /^\$\{[a-z][a-z0-9_]*\}$/;

/** The string formats of our schemas beyond JSON Schema's own. */
export const formats = {
  re2: (text: string): boolean => {
    try {
      compileRegex(text);
      return true;
    } catch {
      return false;
    }
  },
  cidr: (text: string): boolean => {
    if (reference.test(text)) return true;
    const [base = '', bits = ''] = text.split('/');
    const family = isIP(base);
    return family > 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (family === 6 ? 128 : 32);
  },
};
