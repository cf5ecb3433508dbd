/** Which of the known names was probably meant. */

/** Levenshtein's distance: the fewest insertions, deletions and replacements between two words. O(length²). */
function editsBetween(word: string, known: string): number {
  let above = Array.from({ length: known.length + 1 }, (_, column) => column);
  for (let row = 1; row <= word.length; row++) {
    const here = [row];
    for (let column = 1; column <= known.length; column++) {
      const replaced = above[column - 1]! + (word[row - 1] === known[column - 1] ? 0 : 1);
      here.push(Math.min(replaced, above[column]! + 1, here[column - 1]! + 1));
    }
    above = here;
  }
  return above[known.length]!;
}

const NAMES_TOLD = 3;

/** At most three, the nearest first; what shares nothing with any name is given none. */
export function nearestNames(word: string, names: readonly string[]): string[] {
  const wanted = word.toLowerCase();
  const rated = names.map((name) => {
    const known = name.toLowerCase();
    const isPart = wanted.length > 2 && (known.includes(wanted) || wanted.includes(known));
    return { name, edits: isPart ? 0 : editsBetween(wanted, known) };
  });
  const near = rated.filter(({ edits }) => edits <= Math.max(2, word.length / 3));
  return near
    .toSorted((a, b) => a.edits - b.edits)
    .slice(0, NAMES_TOLD)
    .map(({ name }) => name);
}
