/** A number with its noun, in one or many: "1 row", "2 rows". */
export const counted = (count: number, noun: string, nouns = `${noun}s`): string =>
  `${count} ${count === 1 ? noun : nouns}`;
