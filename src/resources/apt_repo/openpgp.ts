import { createHash } from 'node:crypto';

/**
 * Fingerprints of the primary keys in a keyring, armoured or not; null for what is none. gpg would write to its home for this. Packets and
 * version 4 fingerprints: RFC 9580 sections 4.2 and 5.5.4.2.
 */
export function fingerprints(keyring: Buffer): string[] | null {
  const blocks = keyring.includes('-----BEGIN PGP') ? dearmour(keyring.toString('latin1')) : [keyring];
  const found = blocks?.map(primaryKeys);
  if (!found || found.some((each) => each === null)) return null;
  const all = found.flatMap((each) => each!);
  return all.length > 0 ? [...new Set(all)].toSorted() : null;
}

function dearmour(text: string): Buffer[] | null {
  const form =
    /-----BEGIN PGP PUBLIC KEY BLOCK-----\r?\n(?:[A-Za-z]+: .*\r?\n|\.)*\s*([A-Za-z0-9+/=\s.]+?)-----END PGP PUBLIC KEY BLOCK-----/g;
  const blocks = [...text.matchAll(form)].map(([, body]) => body!);
  if (blocks.length === 0 || blocks.length !== text.split('-----BEGIN PGP').length - 1) return null;
  // The checksum stands on a line of its own behind `=`.
  return blocks.map((body) =>
    Buffer.from(body.replace(/\n\s*=[A-Za-z0-9+/]{4}\s*$/, '').replace(/[\s.]/g, ''), 'base64'),
  );
}

function primaryKeys(bytes: Buffer): string[] | null {
  const keys: string[] = [];
  for (let at = 0; at < bytes.length;) {
    const packet = readPacket(bytes, at);
    if (!packet || packet.end > bytes.length) return null;
    const body = bytes.subarray(packet.start, packet.end);
    if (packet.tag === 6) {
      if (body[0] !== 4) return null;
      const head = Buffer.from([0x99, body.length >> 8, body.length & 0xff]);
      keys.push(createHash('sha1').update(head).update(body).digest('hex').toUpperCase());
    }
    at = packet.end;
  }
  return keys;
}

/** Old form: length type in the lowest two bits of the tag byte. New form: length in the bytes behind it. */
function readPacket(bytes: Buffer, at: number): { tag: number; start: number; end: number } | null {
  const head = bytes[at]!;
  if ((head & 0x80) === 0) return null;
  if ((head & 0x40) === 0) {
    const size = [1, 2, 4][head & 3];
    if (size === undefined || at + 1 + size > bytes.length) return null;
    const start = at + 1 + size;
    return { tag: (head >> 2) & 15, start, end: start + bytes.readUIntBE(at + 1, size) };
  }
  const first = bytes[at + 1] ?? 255;
  if (first < 192) return { tag: head & 63, start: at + 2, end: at + 2 + first };
  if (first >= 224 || at + 3 > bytes.length) return null;
  return { tag: head & 63, start: at + 3, end: at + 3 + ((first - 192) << 8) + bytes[at + 2]! + 192 };
}
