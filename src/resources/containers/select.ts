import type { Container } from '../docker/containers.ts';

export interface Selection {
  label?: string | undefined;
  without_label?: string | undefined;
  except?: string[] | undefined;
  guarded?: string[] | undefined;
}

/** The containers that a control is about. A label whose value is hidden may be the one: then it is. */
export function select(containers: Container[], { label, without_label, except = [] }: Selection): Container[] {
  return containers.filter(
    (each) =>
      (label === undefined || has(each, label) !== false) &&
      (without_label === undefined || has(each, without_label) !== true) &&
      !except.includes(each.name),
  );
}

/** Whether it has the label `name=value`; null: it has one of that name whose value is not kept. */
export function has({ labels }: Container, label: string): boolean | null {
  const [name, value] = label.split(/=(.*)/s) as [string, string?];
  if (!Object.hasOwn(labels, name)) return false;
  if (value === undefined || labels[name] === value) return true;
  return labels[name] === '***' ? null : false;
}

/** What was looked for, in words. */
export function wanted({ label, except = [] }: Selection): string {
  const but = except.length > 0 ? ` other than ${except.join(', ')}` : '';
  return `container${label === undefined ? '' : ` with the label ${label}`}${but}`;
}
