/** How many names a hint lists when none is near enough to be meant. */
const MOST_LISTED = 3;
/** Of so many words, all are listed: a reader sees the whole choice at once. */
const SMALL_CHOICE = 12;
/** Longer names are compared by their beginnings. */
const MOST_LETTERS = 60;

/** Names of which the nearest are listed; in more, only what is near is looked for. */
const MOST_COMPARED = 1000;

/** Rows of the table of edits, used again for each pair of words. */
const ROWS = [0, 1, 2].map(() => new Uint8Array(MOST_LETTERS + 1)) as [Uint8Array, Uint8Array, Uint8Array];

/**
 * Edits (insert, delete, replace, swap of neighbours) that turn one word into another, both in lower case and at most
 * MOST_LETTERS long, or any number above `most` when it takes more than that.
 */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, above, row] = ROWS;
  for (let j = 0; j <= b.length; j++) above[j] = j;
  for (let i = 1; i <= a.length; i++) {
    row[0] = i;
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let best = (above[j - 1] as number) + (isSame ? 0 : 1);
      best = Math.min(best, (above[j] as number) + 1, (row[j - 1] as number) + 1);
      const isSwap =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (isSwap) best = Math.min(best, (before[j - 2] as number) + 1);
      row[j] = best;
      if (best < least) least = best;
    }
    // A swap reaches two rows back, so one above the bound is not the end yet.
    if (least > most + 1) return least;
    [before, above, row] = [above, row, before];
  }
  return above[b.length] as number;
}

const comparable = (word: string): string => word.slice(0, MOST_LETTERS).toLowerCase();

/** Edits by which a word may have been written for another by a slip. */
const slips = ({ length }: string): number => Math.max(1, Math.floor(length / 3));

/** The known word that a misspelt one was most likely meant to be, or null when none is near; case costs nothing. */
export function nearest(name: string, known: readonly string[]): string | null {
  const lower = comparable(name);
  let found: string | null = null;
  let fewest = Infinity;
  for (const word of known) {
    const most = Math.min(slips(word), fewest - 1);
    const edits = distance(lower, comparable(word), most);
    if (edits <= most) [found, fewest] = [word, edits];
    if (fewest === 0) break;
  }
  return found;
}

/** The words nearest to a name, nearest first. */
function ranked(name: string, known: readonly string[]): string[] {
  const lower = comparable(name);
  const all = known
    .slice(0, MOST_COMPARED)
    .map((word) => ({ word, edits: distance(lower, comparable(word), MOST_LETTERS) }));
  return all.sort((a, b) => a.edits - b.edits).map(({ word }) => word);
}

/** What to say of a misspelt name of which it is known what it was most likely meant to be. */
export function hint(meant: string | null, name: string, known: readonly string[], mostListed = MOST_LISTED): string {
  if (meant !== null) return `; did you mean "${meant}"?`;
  if (known.length === 0) return '';
  if (known.length <= mostListed) return `; there is ${known.join(', ')}`;
  return `; the nearest are ${ranked(name, known).slice(0, MOST_LISTED).join(', ')}`;
}

/**
 * A hint for a misspelt name: the nearest known one when it is near enough, else the nearest three. Begins with a
 * blank-separated sentence to be appended to a message.
 */
export function suggest(name: string, known: readonly string[]): string {
  return hint(nearest(name, known), name, known);
}

/** As `suggest`, for a word out of a fixed choice, which is listed whole when it is small. */
export function offer(word: string, choice: readonly string[]): string {
  return hint(nearest(word, choice), word, choice, SMALL_CHOICE);
}
