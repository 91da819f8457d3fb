import Anser from 'anser';

/** A line of the terminal and when it is shown, in seconds. */
export interface Frame {
  line: string;
  at: number;
}

const columns = 110;
const rows = 32;
const [wide, high, margin] = [7.25, 17, 12];

/**
 * A terminal whose lines come one after the other, as an SVG that moves by CSS alone: it plays where scripts do not, as in a page of a forge. Whoever
 * wants no movement sees the last screen.
 */
export function svgOf(frames: Frame[], seconds: number): string {
  const lines = frames.flatMap(({ line, at }) => wrapped(line).map((text) => ({ text, at })));
  const [width, height] = [columns * wide + 2 * margin, rows * high + 2 * margin];
  const shift = (shown: number) => `translateY(${(rows - shown) * high}px)`;
  const steps = lines.map(({ at }, index) => `${((100 * at) / seconds).toFixed(3)}%{transform:${shift(index + 1)}}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>npm run demo: a bare host is audited, mended and audited again</title>
<style>
text{font:12px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#ddd;white-space:pre}
.bold{font-weight:bold}.dim{opacity:.6}
${Object.entries(colors)
  .map(([name, color]) => `.ansi-${name}{fill:${color}}`)
  .join('')}
#all{transform:${shift(lines.length)};animation:all ${seconds.toFixed(1)}s step-end infinite}
@keyframes all{0%{transform:${shift(0)}}${steps.join('')}}
@media (prefers-reduced-motion:reduce){#all{animation:none}}
</style>
<rect width="100%" height="100%" rx="8" fill="#16181d"/>
<svg x="${margin}" y="${margin}" width="${columns * wide}" height="${rows * high}"><g id="all">
${lines.map(({ text }, index) => drawn(text, index)).join('\n')}
</g></svg>
</svg>
`;
}

const colors = {
  red: '#f26d78',
  green: '#7fd88f',
  yellow: '#e5c07b',
  blue: '#6cb6ff',
  magenta: '#d2a8ff',
  cyan: '#76d3e6',
  'bright-black': '#8b93a1',
};

interface Piece {
  content: string;
  classes: string;
}

/** Lines of pieces of one style; a line that is too long goes on below, as in a terminal. */
function wrapped(line: string): Piece[][] {
  const all: Piece[][] = [[]];
  let left = columns;
  for (const { content, fg, decorations } of Anser.ansiToJson(line, { use_classes: true, remove_empty: true })) {
    const classes = [fg, ...decorations].filter(Boolean).join(' ');
    let rest = [...content];
    while (rest.length > 0) {
      if (left === 0) {
        all.push([]);
        left = columns;
      }
      const piece = rest.slice(0, left);
      all.at(-1)!.push({ content: piece.join(''), classes });
      rest = rest.slice(piece.length);
      left -= piece.length;
    }
  }
  return all;
}

function drawn(pieces: Piece[], index: number): string {
  const spans = pieces.map(({ content, classes }) =>
    classes ? `<tspan class="${classes}">${Anser.escapeForHtml(content)}</tspan>` : Anser.escapeForHtml(content),
  );
  return `<text y="${(index + 0.75) * high}">${spans.join('')}</text>`;
}
