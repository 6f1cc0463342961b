/** Edits (insert, delete, replace, swap of neighbours) that turn one word into another; case costs nothing. */
function distance(from: string, to: string): number {
  const [a, b] = [from.toLowerCase(), to.toLowerCase()];
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const above = rows[i - 1] ?? [];
      const replace = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let best = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replace);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (rows[i - 2]?.[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 0;
}

/**
 * A hint for a misspelt name: the nearest known one when it is near enough, else the list of what there is.
 * Begins with a blank-separated sentence to be appended to a message.
 */
export function suggest(name: string, known: readonly string[]): string {
  const ranked = known.map((word) => ({ word, edits: distance(name.slice(0, 60), word) }));
  ranked.sort((a, b) => a.edits - b.edits);
  const nearest = ranked[0];
  if (nearest === undefined) return '';
  if (nearest.edits <= Math.max(1, Math.floor(nearest.word.length / 3))) return `; did you mean "${nearest.word}"?`;
  return `; there is ${known.slice(0, 12).join(', ')}${known.length > 12 ? ' …' : ''}`;
}
