/** What one command on the host left behind. */
export interface Run {
  stdout: Buffer;
  stderr: Buffer;
  /** null when it was ended by a signal, or by us for having said too much or lasted too long. */
  code: number | null;
}

export interface RunOptions {
  /** Written to stdin, which is then closed. */
  input: string;
  /** Bytes of stdout and stderr each, after which the command is ended. */
  limit: number;
}

/**
 * Starts one command and waits for its end.
 * @throws {Failure} when the way to the host broke, the time is up or the user interrupted
 */
export type Execute = (command: string, options: RunOptions) => Promise<Run>;

/** Keeps what a stream says, up to a limit beyond which `onTooMuch` is to end its source. */
export function gather(stream: NodeJS.ReadableStream, limit: number, onTooMuch: () => void): () => Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (size <= limit) chunks.push(chunk);
    if ((size += chunk.length) > limit) onTooMuch();
  });
  return () => Buffer.concat(chunks);
}
