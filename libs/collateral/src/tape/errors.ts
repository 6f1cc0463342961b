/** Why a tape could not be read at all. */
export type UnreadableReason =
  'empty' | 'binary' | 'encoding' | 'quotes' | 'archive' | 'sheet' | 'xml' | 'limit' | 'header' | 'rows' | 'key';

/** The file is no tape that can be read. Nothing of it is used; the message says what to do. */
export class TapeUnreadable extends Error {
  override readonly name = 'TapeUnreadable';
  constructor(
    readonly reason: UnreadableReason,
    readonly line: number | null,
    detail: string,
    readonly remedy: string,
  ) {
    super(`the tape cannot be read${line === null ? '' : ` (line ${line})`}: ${detail}; ${remedy}`);
  }
}

/** The header lacks columns; all of them are named at once. */
export class MissingColumns extends Error {
  override readonly name = 'MissingColumns';
  /** @param mapped whether a mapping says what the columns are; else they go by the names of the asset class's fields */
  constructor(
    readonly columns: string[],
    { title }: { readonly title: string },
    mapped: boolean,
  ) {
    const it = columns.length === 1 ? 'it' : 'them';
    const names = columns.join(', ');
    super(
      mapped
        ? `no column of the mapping is ${names}, and no tape of ${title} is read without: map the columns that hold ${it}`
        : `the tape has no column ${names}: under the names of ${title} it must have ${it}, with NA in every row that has ` +
            'no value; where columns have other names, confirm a mapping of them (weir tape --propose writes one), and most of these may be missing',
    );
  }
}

/** A mapping of columns cannot be used; all that is wrong with it is named at once. */
export class MappingInvalid extends Error {
  override readonly name = 'MappingInvalid';
  constructor(readonly faults: readonly string[]) {
    super(`the mapping cannot be used: ${faults.join('; ')}; correct it, or propose one anew`);
  }
}

/** Concentration limits cannot be read; all that is wrong with them is named at once. */
export class LimitsInvalid extends Error {
  override readonly name = 'LimitsInvalid';
  constructor(readonly faults: readonly string[]) {
    super(`the concentration limits cannot be used: ${faults.join('; ')}`);
  }
}

/** Two files report the same month, so that it is not known which of them counts. */
export class MonthTwice extends Error {
  override readonly name = 'MonthTwice';
  constructor(
    readonly month: string,
    readonly files: readonly [string, string],
  ) {
    super(`${files[0]} and ${files[1]} are both of ${month}: hand each month in once, and a correction by itself`);
  }
}

/** A file reports a month that is not after those that were to be before it. */
export class MonthNotAfter extends Error {
  override readonly name = 'MonthNotAfter';
  constructor(
    readonly file: string,
    readonly month: string,
    readonly before: { readonly file: string; readonly month: string },
  ) {
    super(
      `${file} is of ${month}, and ${before.file}, which was to be before it, reaches ${before.month}: hand in the tapes of ` +
        'the months before, and no later ones',
    );
  }
}
