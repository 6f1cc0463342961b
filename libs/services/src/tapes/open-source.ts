import {
  ASSET_CLASSES,
  assetClassNamed,
  LOAN_VOCABULARY,
  type AssetClass,
  type Mapping,
  openTape,
  proposeMapping,
  type ReaderOptions,
  type TapeInput,
  type TapeSource,
} from '@weir/collateral';

/** What is known of a tape before its file is opened. */
export interface ReadingWish {
  readonly requestedClass: string | null;
  readonly loanKey: readonly string[];
  /** The originator's latest confirmed mapping; null when there is none. */
  readonly mapping: Mapping | null;
}

/** A file that was opened, and how its rows are read. */
export interface OpenedTape {
  readonly source: TapeSource;
  readonly options: ReaderOptions;
}

/** Whether the mapping is of such a file: the file has all columns of it that hold required fields. */
function fits(mapping: Mapping, wish: ReadingWish, columns: readonly string[]): boolean {
  const one = assetClassNamed(mapping.assetClass);
  if (one === null || (wish.requestedClass !== null && wish.requestedClass !== one.name)) return false;
  const required = new Set(one.fields.filter((field) => field.required).map(({ name }) => name));
  const needed = mapping.columns.filter(({ field }) => field !== null && required.has(field));
  return needed.length > 0 && needed.every(({ column }) => columns.includes(column));
}

/** The key as it was asked for, or the class's own when the file and the class know none of its columns. */
function keyOf(one: AssetClass, asked: readonly string[], columns: readonly string[]): readonly string[] {
  const known = (name: string): boolean => columns.includes(name) || one.fields.some((field) => field.name === name);
  if (asked.length > 0 && asked.every(known)) return asked;
  return one.fields.filter(({ role }) => role === 'key').map(({ name }) => name);
}

/**
 * Opens a file of any format and decides what its rows are read as: by the mapping where it is of such a file, else by the
 * standards' own names.
 * @throws TapeUnreadable
 */
export async function openForReading(input: TapeInput, wish: ReadingWish): Promise<OpenedTape> {
  const source = await openTape(input, { vocabulary: LOAN_VOCABULARY });
  const mapping = wish.mapping !== null && fits(wish.mapping, wish, source.columns) ? wish.mapping : null;
  const name = mapping?.assetClass ?? wish.requestedClass ?? proposeMapping(source.columns, []).assetClass;
  const assetClass = assetClassNamed(name) ?? (ASSET_CLASSES[0] as AssetClass);
  const loanKey = keyOf(assetClass, wish.loanKey, source.columns);
  // A servicer's own file may leave the month to whoever hands it in.
  const isNeeded = ({ role, required }: AssetClass['fields'][number]): boolean => role === 'periodTo' && required;
  const periodNeeded = mapping === null && assetClass.fields.some(isNeeded);
  return { source, options: { assetClass, loanKey, mapping, periodNeeded } };
}

/** Names of fields as the columns of the file. */
export function columnNames({ source, options }: OpenedTape): (field: string) => string {
  return namesOfColumns(options.mapping, options.assetClass, (code) => source.columns.includes(code));
}

/** Names of fields as columns. @param has whether the file has a column of that ESMA code */
export function namesOfColumns(
  mapping: Mapping | null,
  assetClass: AssetClass,
  has: (code: string) => boolean,
): (field: string) => string {
  const mapped = new Map(mapping?.columns.map(({ column, field }) => [field, column]));
  const coded = new Map(assetClass.fields.map(({ name, esma }) => [name, esma]));
  return (field) => {
    const code = coded.get(field);
    const standard = typeof code === 'string' && has(code) ? code : field;
    return mapped.get(field) ?? standard;
  };
}
