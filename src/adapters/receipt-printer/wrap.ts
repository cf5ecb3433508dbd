/** Lines of so many columns. A word that is longer than a line is broken; nothing is ever left out. */

export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (word === '') continue;
    const joined = line === '' ? word : `${line} ${word}`;
    if (joined.length <= columns) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    while (line.length > columns) {
      lines.push(line.slice(0, columns));
      line = line.slice(columns);
    }
  }
  return line === '' && lines.length > 0 ? lines : [...lines, line];
}

export function centred(text: string, columns: number): string[] {
  return wrapped(text, columns).map((line) => ' '.repeat(Math.floor((columns - line.length) / 2)) + line);
}

/** Left and right on one line; where they do not fit, the right one below, at the right edge. */
export function spread(left: string, right: string, columns: number): string[] {
  const gap = columns - left.length - right.length;
  if (gap >= 1) return [left + ' '.repeat(gap) + right];
  return [...wrapped(left, columns), ...wrapped(right, columns).map((line) => line.padStart(columns))];
}

/** `right` beside the first line of `left`, which is wrapped before it; below it where there is no room. */
export function beside(left: string, right: string, of: { columns: number; leftMin: number }): string[] {
  const room = of.columns - right.length - 1;
  if (room < Math.min(of.leftMin, left.length)) return spread(left, right, of.columns);
  const [first = '', ...rest] = wrapped(left, room);
  return [first.padEnd(room + 1) + right, ...rest];
}
