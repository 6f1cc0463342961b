/** Gathers the values of an option that may be given several times. */
export function collected(value: string, earlier: string[]): string[] {
  return [...earlier, value];
}
