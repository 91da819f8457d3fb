import { writeFileSync } from 'node:fs';
import { svgOf, type Frame } from './svg.ts';

/** What scrolls by at once is hard to read and long to watch: of more than this many lines of one command the middle is left out, and said to be. */
const most = 60;
const secondsPerLine = 0.06;
const longestPause = 1.2;
const pauseAfterScene = 3;

/** Collects what a terminal shows, with its times, and draws it as one moving picture. */
export class Recording {
  readonly #frames: Frame[] = [];
  #scene: { line: string; at: number }[] = [];
  #now = 0;

  /** One line as it came, colours and all; `at` in seconds. */
  line(line: string, at: number): void {
    this.#scene.push({ line, at });
  }

  /** A command has ended: what it printed is cut to what one can follow. */
  endScene(): void {
    let before = this.#scene[0]?.at ?? 0;
    for (const { line, at } of shortened(this.#scene)) {
      this.#now += Math.min(longestPause, Math.max(secondsPerLine, at - before));
      before = at;
      this.#frames.push({ line, at: this.#now });
    }
    this.#now += pauseAfterScene;
    this.#scene = [];
  }

  write(path: string): void {
    writeFileSync(path, svgOf(this.#frames, this.#now));
  }
}

function shortened<Line extends { line: string; at: number }>(lines: Line[]): { line: string; at: number }[] {
  if (lines.length <= most) return lines;
  const first = lines.slice(0, most / 2);
  const last = lines.slice(-most / 2);
  return [...first, { line: `  … ${lines.length - most} lines more …`, at: first.at(-1)!.at }, ...last];
}
