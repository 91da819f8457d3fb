import { createHash } from 'node:crypto';

/**
 * Passwords that templates and examples bring along, and the first that anybody tries. Redis takes `\${NAME}` in an ACL file as it
 * stands there, so a template that was never filled in leaves a password that everybody can read in the template.
 */
const common = [
  ...['generate_secure_password_here', 'your_secure_password_here', 'your_password_here', 'your_redis_password'],
  ...[
    'password',
    'Password',
    'password1',
    'passw0rd',
    'redis',
    'redis123',
    'changeme',
    'change_me',
    'change-me',
    'changeit',
  ],
  ...[
    'foobared',
    'mypass',
    'mypassword',
    'p1pp0',
    'secret',
    'test',
    'test123',
    'admin',
    'admin123',
    'default',
    'root',
    'guest',
  ],
  ...[
    '123456',
    '12345678',
    '123456789',
    '1234567890',
    'qwerty',
    'letmein',
    'fleetclaw',
    'fleet',
    'example',
    'placeholder',
  ],
  ...['openclaw', 'clawdbot', 'none', 'null', 'undefined', 'None', 'xxx', 'todo', 'TODO', 'dummy'],
];
const commonHashes = new Map(common.map((word) => [sha256(word), word]));

/** The known word behind a password's SHA-256, as Redis stores it; null for one that nobody would guess. */
export function weakWord(user: string, hash: string): string | null {
  return commonHashes.get(hash) ?? ofUser(user).find((word) => sha256(word) === hash) ?? null;
}

function ofUser(user: string): string[] {
  const upper = user.toUpperCase();
  const key = `REDIS_PASSWORD_${upper.replaceAll('-', '_')}`;
  const lower = key.toLowerCase();
  return [
    ...['', user, upper, user.replaceAll('_', '-'), upper.replaceAll('_', '-'), user.replace(/[_-]/g, '')],
    ...[key, `\${${key}}`, `$${key}`, `{{ ${lower} }}`, `{{${lower}}}`, lower, `${user}_password`, `${user}-password`],
    ...['REDIS_PASSWORD', 'REDIS_ADMIN_PASSWORD'].flatMap((name) => [`\${${name}}`, `$${name}`]),
  ];
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
