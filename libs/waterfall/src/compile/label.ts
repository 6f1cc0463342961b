/** A name of the document as words: `calculationAgent` is "calculation agent", `interestOnB` "interest on B". */
export function wordsOf(id: string): string {
  const words = id.replace(/_/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2');
  return words.charAt(0) + words.slice(1).replace(/\b([A-Z])(?=[a-z])/g, (letter) => letter.toLowerCase());
}

/** The same as a title: `interestOnB` is "Interest on B". */
export function labelOf(id: string): string {
  const words = wordsOf(id);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
