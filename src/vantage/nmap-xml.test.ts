import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNmapXml, type Asked } from './nmap-xml.ts';

// nmap 7.93 on lab hosts: one that drops everything but SSH, a UDP look, one whose fail2ban has just banned the scanner.
const head = (info: string) => `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nmaprun>
<?xml-stylesheet href="file:///usr/bin/../share/nmap/nmap.xsl" type="text/xsl"?>
<!-- Nmap 7.93 scan initiated Mon Nov 23 05:00:42 2026 as: nmap -n -Pn -T4 -oX - -p- -&#45;min-rate 7000 198.18.0.18 -->
<nmaprun scanner="nmap" args="nmap -n -Pn -T4 -oX - -p- -&#45;min-rate 7000 198.18.0.18" start="1795410042" startstr="Mon Nov 23 05:00:42 2026" version="7.93" xmloutputversion="1.05">
${info}
<verbose level="0"/>
<debugging level="0"/>
<hosthint><status state="up" reason="arp-response" reason_ttl="0"/>
<address addr="198.18.0.18" addrtype="ipv4"/>
<address addr="2A:F1:E2:DB:1B:53" addrtype="mac"/>
<hostnames>
</hostnames>
</hosthint>
<taskprogress task="SYN Stealth Scan" time="1795410046" percent="25.19" remaining="12" etc="1795410058"/>
<taskprogress task="SYN Stealth Scan" time="1795410056" percent="78.92" remaining="4" etc="1795410060"/>
<host starttime="1795410042" endtime="1795410061"><status state="up" reason="arp-response" reason_ttl="0"/>
<address addr="198.18.0.18" addrtype="ipv4"/>
<address addr="2A:F1:E2:DB:1B:53" addrtype="mac"/>
<hostnames>
</hostnames>
`;
const tail = `
<times srtt="63" rttvar="86" to="100000"/>
</host>
<runstats><finished time="1795410061" timestr="Mon Nov 23 05:01:01 2026" summary="Nmap done at Mon Nov 23 05:01:01 2026; 1 IP address (1 host up) scanned in 19.11 seconds" elapsed="19.11" exit="success"/><hosts up="1" down="0" total="1"/>
</runstats>
</nmaprun>
`;
const dropping = `${head('<scaninfo type="syn" protocol="tcp" numservices="65535" services="1-65535"/>')}<ports><extraports state="filtered" count="65534">
<extrareasons reason="no-response" count="65534" proto="tcp" ports="1-21,23-65535"/>
</extraports>
<port protocol="tcp" portid="22"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="ssh" method="table" conf="3"/></port>
</ports>${tail}`;
const udp = `${head(`<scaninfo type="syn" protocol="tcp" numservices="1" services="22"/>
<scaninfo type="udp" protocol="udp" numservices="2" services="53,41641"/>`)}<ports><port protocol="tcp" portid="22"><state state="open" reason="syn-ack" reason_ttl="64"/><service name="ssh" method="table" conf="3"/></port>
<port protocol="udp" portid="53"><state state="open|filtered" reason="no-response" reason_ttl="0"/><service name="domain" method="table" conf="3"/></port>
<port protocol="udp" portid="41641"><state state="closed" reason="port-unreach" reason_ttl="64"/><service name="unknown" method="table" conf="3"/></port>
</ports>${tail}`;
const banned = `${head('<scaninfo type="syn" protocol="tcp" numservices="2" services="22,80"/>')}<ports><port protocol="tcp" portid="22"><state state="filtered" reason="port-unreach" reason_ttl="64"/><service name="ssh" method="table" conf="3"/></port>
<port protocol="tcp" portid="80"><state state="filtered" reason="no-response" reason_ttl="0"/><service name="http" method="table" conf="3"/></port>
</ports>${tail}`;

const all: Asked = { address: '198.18.0.18', protocol: 'tcp', count: 65_535, knownPort: 22 };

describe("nmap's XML", () => {
  it('is read from a host that drops what it does not serve', async () => {
    expect(await readNmapXml(dropping, all)).toEqual({
      tool: 'nmap 7.93',
      method: 'syn',
      counts: { filtered: 65_534, open: 1 },
      open: [22],
      known: { state: 'open', reason: 'syn-ack' },
    });
  });

  it('keeps the TCP port that proves the way out of the UDP ports', async () => {
    expect(await readNmapXml(udp, { ...all, protocol: 'udp', count: 2 })).toMatchObject({
      method: 'udp',
      counts: { open: 0, 'open-filtered': 1, closed: 1 },
      open: [],
      known: { state: 'open' },
    });
  });

  it('tells how a ban looks', async () => {
    expect(await readNmapXml(banned, { ...all, count: 2 })).toMatchObject({
      open: [],
      known: { state: 'filtered', reason: 'port-unreach' },
    });
  });

  it('tells what became of the known port when it is not listed', async () => {
    const silent = dropping.replaceAll('65534', '65535').replace(/<port protocol="tcp".*\n/, '');
    expect(await readNmapXml(silent, all)).toMatchObject({ open: [], known: { state: 'filtered' } });
  });

  it.each([
    ['ports are missing', dropping.replace('count="65534"', 'count="65533"'), /accounts for 65534 ports of 65535/],
    ['it ended with an error', dropping.replace('exit="success"', 'exit="error" errormsg="no route"'), /no route/],
    ['another host', dropping.replaceAll('198.18.0.18', '198.18.0.19'), /198\.18\.0\.19/],
    ['the host is down', dropping.replace(/<host s[^]*<\/host>/, ''), /for down/],
    ['it gave up on the host', dropping.replace('<host ', '<host timedout="true" '), /time limit/],
    ['two hosts', dropping.replace(/<host s[^]*<\/host>/, '$&$&'), /2 <host>/],
    ['fewer ports were asked', dropping.replace('numservices="65535"', 'numservices="1000"'), /65535 tcp/],
    ['a port twice', dropping.replace('65534', '65533').replace(/<port p.*\n/, '$&$&'), /twice/],
    ['a number that is none', dropping.replace('portid="22"', 'portid="-22"'), /for a number/],
    ['a line break in a word', dropping.replace('reason="syn-ack"', 'reason="a&#10;end"'), /for a word/],
    ['no XML', 'Starting Nmap 7.93', /.*/],
    ['nothing', '', /something else/],
    ["another tool's", dropping.replace('scanner="nmap"', 'scanner="masscan"'), /something else/],
  ])('is refused: %s', async (_, xml, words) => {
    await expect(readNmapXml(xml, all)).rejects.toThrow(words);
  });

  it('is refused wherever it is cut', async () => {
    for (const [xml, asked] of [
      [dropping, all],
      [udp, { ...all, protocol: 'udp', count: 2 }],
    ] as const) {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: xml.trimEnd().length - 1 }), async (at) => {
          await expect(readNmapXml(xml.slice(0, at), asked)).rejects.toThrow(Error);
        }),
        { numRuns: 300 },
      );
    }
  });
});
