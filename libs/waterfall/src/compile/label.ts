/** A name of the document as words: `interestOnB` is "Interest on B". */
export function labelOf(id: string): string {
  const words = id.replace(/_/g, ' ').replace(/([a-z])([A-Z])/g, '$1 $2');
  return (
    words.charAt(0).toUpperCase() + words.slice(1).replace(/\b([A-Z])(?=[a-z])/g, (letter) => letter.toLowerCase())
  );
}
