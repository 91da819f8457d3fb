const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Shows `text` as one line of the terminal that is written over, until what comes back is called: then it is gone. */
export function liveLine(text: () => string): () => void {
  let tick = 0;
  const draw = () => {
    const line = `${frames[tick++ % frames.length]} ${text()}`;
    process.stderr.write(`\r\u001b[K${line.slice(0, process.stderr.columns - 1)}`);
  };
  const timer = setInterval(draw, 100);
  return () => {
    clearInterval(timer);
    process.stderr.write('\r\u001b[K');
  };
}
