/**
 * Values that a template's author wrote to be replaced. Those of FleetClaw's config/.env.template first, then the usual ones.
 * Only at the beginning of a value or behind a sign that parts a URL, so that a random secret is never taken for one.
 */
const forms = [
  /(?:^|[:/@=])your[_-][a-z]/i,
  /(?:^|[:/@=])generate[_-]secure/i,
  /^(?:123456789|234567890|345678901|1234567890)(?::|$)/,
  /(?:^|[:/@=_-])(?:change[_-]?(?:me|this|it)|replace[_-]?(?:me|this|with)|insert[_-]|todo|fixme|placeholder|dummy)(?:$|[^a-z])/i,
  /^(?:password|secret|token|example|xxx+|\.\.\.+|<.*>|\{\{.*\}\})$/i,
  /_here$/i,
];

/** True for a value that still is a template's; of `${NAME:-value}` the value that counts where the name is not set. */
export function isPlaceholder(value: string): boolean {
  const [, fallback = value] = /^\$\{\w+:?-(.*)\}$/.exec(value) ?? [];
  return forms.some((form) => form.test(fallback));
}
