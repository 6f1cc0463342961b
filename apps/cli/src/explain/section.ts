/** A part of the explanation: a title and lines; numbered ones carry their number. */
export interface Section {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** A sentence, or an item with what stands before it; `depth` counts the levels in. */
export interface Line {
  readonly mark: string;
  /** What the line is about, set off from the text. */
  readonly head: string;
  readonly text: string;
  readonly depth: number;
}

export const sentence = (text: string): Line => ({ mark: '', head: '', text, depth: 0 });
export const item = (head: string, text: string): Line => ({ mark: '–', head: capitalOf(head), text, depth: 0 });

/** Items begin with a capital, as in a list of defined terms. */
const capitalOf = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
