import { iptablesProbe } from './probes.ts';
import { packetFilter } from './walked.ts';

export default packetFilter('iptables', iptablesProbe);
