/** The checksum of POSIX cksum(1): CRC-32 with polynomial 0x04C11DB7, most significant bit first, then the length. */
export function cksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) crc = step(crc, byte);
  for (let length = bytes.length; length > 0; length = Math.floor(length / 256)) crc = step(crc, length & 0xff);
  return ~crc >>> 0;
}

function step(crc: number, byte: number): number {
  return (crc << 8) ^ table[((crc >>> 24) ^ byte) & 0xff]!;
}

const table = Int32Array.from({ length: 256 }, (_, index) => {
  let crc = index << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc;
});
