/** Text for a terminal of 80 columns. */
const WIDTH = 78;

/** Words in lines of at most 78 columns, all but the first below each other behind `indent`. */
export function wrapped(text: string, indent: string, first = indent): string[] {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ')) {
    const isFull = line.trim() !== '' && line !== first && line.length + 1 + word.length > WIDTH;
    if (isFull) {
      lines.push(line);
      line = indent + word;
    } else line += line === first ? word : ` ${word}`;
  }
  return [...lines, line];
}

/** `1 person`, `2 people`, `12,345 messages`. */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;
}
