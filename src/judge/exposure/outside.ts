import type { Exposure } from '../../model/report.ts';
import type { Answers } from '../../resources/resource.ts';
import { readLook } from '../../resources/outside_ports/read.ts';

type Family = Exposure['family'];
type Proto = Exposure['proto'];

/** What one scan from outside saw. */
export interface Look {
  family: Family;
  proto: Proto;
  open: number[];
  /** What is not among the open ones is proven not to be open. Never for UDP, where silence says nothing. */
  whole: boolean;
}

/** The scans that are in the evidence; one that failed saw nothing and proves nothing. */
export function looksIn(answers: Answers): Look[] {
  const kinds = (['ipv4', 'ipv6'] as const).flatMap((family) =>
    (['tcp', 'udp'] as const).map((proto) => ({ family, proto })),
  );
  return kinds.map(({ family, proto }) => {
    const seen = readLook({ family, protocol: proto }, answers);
    const words = seen.flatMap((each) => (each.state === 'value' ? (each.value as string[]) : []));
    const whole = proto === 'tcp' && seen.length > 0 && seen.every((each) => each.state === 'value');
    const listed = words.every((word) => /^\d+$/.test(word));
    return { family, proto, open: words.map(Number).filter(Number.isInteger), whole: whole && listed };
  });
}

export function stateOf(looks: Look[], family: Family, proto: Proto, port: number): Exposure['outside'] {
  const look = looks.find((each) => each.family === family && each.proto === proto);
  if (look?.open.includes(port)) return 'open';
  return look?.whole ? 'filtered' : null;
}
