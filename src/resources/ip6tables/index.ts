import { ip6tablesProbe } from '../iptables/probes.ts';
import { packetFilter } from '../iptables/walked.ts';

export default packetFilter('ip6tables', ip6tablesProbe);
