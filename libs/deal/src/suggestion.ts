/** How many names a hint lists when none is near enough to be meant. */
const MOST_LISTED = 3;
/** Of so many words, all are listed: a reader sees the whole choice at once. */
const SMALL_CHOICE = 12;
/** Longer names are compared by their beginnings. */
const MOST_LETTERS = 60;

/**
 * Edits (insert, delete, replace, swap of neighbours) that turn one word into another, both in lower case, or any number
 * above `most` when it takes more than that.
 */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, above, row]: number[][] = [[], Array.from({ length: b.length + 1 }, (_, j) => j), []];
  for (let i = 1; i <= a.length; i++) {
    row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const replace = (above?.[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min((above?.[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replace);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (before?.[j - 2] ?? 0) + 1);
      }
      row.push(best);
      least = Math.min(least, best);
    }
    // A swap reaches two rows back, so one row above the bound is not the end yet.
    if (least > most + 1) return least;
    [before, above] = [above, row];
  }
  return above?.[b.length] ?? 0;
}

interface Ranked {
  word: string;
  edits: number;
}

/** The words nearest to a name, nearest first, at most three; case costs nothing. */
function ranked(name: string, known: readonly string[]): Ranked[] {
  const best: Ranked[] = [];
  const lower = name.slice(0, MOST_LETTERS).toLowerCase();
  for (const word of known) {
    const worst = best.length < MOST_LISTED ? MOST_LETTERS * 2 : (best.at(-1)?.edits ?? 0);
    const edits = distance(lower, word.slice(0, MOST_LETTERS).toLowerCase(), worst);
    if (best.length === MOST_LISTED && edits >= worst) continue;
    const at = best.findIndex((other) => other.edits > edits);
    best.splice(at < 0 ? best.length : at, 0, { word, edits });
    if (best.length > MOST_LISTED) best.pop();
  }
  return best;
}

/** Whether one may have been written for the other by a slip. */
function isNear({ word, edits }: Ranked): boolean {
  return edits <= Math.max(1, Math.floor(word.length / 3));
}

/** The known word that a misspelt one was most likely meant to be, or null when none is near. */
export function nearest(name: string, known: readonly string[]): string | null {
  const [first] = ranked(name, known);
  return first && isNear(first) ? first.word : null;
}

function hint(name: string, known: readonly string[], mostListed: number): string {
  const best = ranked(name, known);
  const [first] = best;
  if (first === undefined) return '';
  if (isNear(first)) return `; did you mean "${first.word}"?`;
  if (known.length <= mostListed) return `; there is ${known.join(', ')}`;
  return `; the nearest are ${best.map(({ word }) => word).join(', ')}`;
}

/**
 * A hint for a misspelt name: the nearest known one when it is near enough, else the nearest three. Begins with a
 * blank-separated sentence to be appended to a message.
 */
export function suggest(name: string, known: readonly string[]): string {
  return hint(name, known, MOST_LISTED);
}

/** As `suggest`, for a word out of a fixed choice, which is listed whole when it is small. */
export function offer(word: string, choice: readonly string[]): string {
  return hint(word, choice, SMALL_CHOICE);
}
