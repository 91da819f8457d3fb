const program = /^\/(usr\/)?sbin\/ip6?tables(-nft|-legacy)?-restore$/;
const harmless = /^(-[wnv]+|--wait(=\d+)?|--noflush|--verbose|-c|--counters)$/;

/** A call of iptables-restore that is understood word by word. */
export interface Restore {
  file: string;
  /** `-n`: it only adds to what is there, where it would flush all other chains of the table. */
  keepsOthers: boolean;
}

/** Null: another program, or an option of which it is not known what becomes of it, such as `-t`, which only tests (iptables-restore(8)). */
export function parseRestore([name = '', ...words]: string[]): Restore | null {
  const options = words.filter((word, at) => word.startsWith('-') || !isSeconds(words, at));
  const files = options.filter((word) => word.startsWith('/'));
  const known = options.every((word) => word.startsWith('/') || harmless.test(word));
  if (!program.test(name) || !known || files.length !== 1) return null;
  return { file: files[0]!, keepsOthers: options.some((word) => word === '--noflush' || /^-[wv]*n/.test(word)) };
}

/** `-w 5` waits for so many seconds. */
function isSeconds(words: string[], at: number): boolean {
  return /^\d+$/.test(words[at]!) && /^(-[nv]*w|--wait)$/.test(words[at - 1] ?? '');
}
