/** Names of totals that name nothing else, in English, German, French, Spanish, Italian and Dutch; without accents. */
const CERTAIN = [
  ...[
    'sub[- ]?total(?:s|e|es|i)?',
    'sub[- ]?tota(?:al|len)',
    'sous[- ]?tot(?:al|aux)',
    '(?:grand|overall|gran) totals?',
  ],
  ...['(?:zwischen|teil|gesamt|end)summen?', 'gesamtbetrag', '(?:gesamt|zwischen)ergebnis', 'totals? general(?:e|es)?'],
  ...['totale (?:generale|complessivo)', '(?:tussen|eind)tota(?:al|len)', 'algemeen totaal', 'totaalbedrag'],
].join('|');

/** Words for totals that a person's or a company's name may begin with too. */
const LIKELY = 'total(?:s|e|es|i)?|totaux|tota(?:al|len)|sums?|summen?|somm[ea]|suma|som|gesamt|insgesamt|overall';

/** What is added up, where a total is one of everything. */
const EVERYTHING = 'loans?|pool|all|kredite|portfolio|prets|prestamos|prestiti|leningen';

const WHOLE = new RegExp(`^(?:${CERTAIN}|${LIKELY})(?: (?:${EVERYTHING}))?$`);
const BEFORE = new RegExp(`^(?:(${CERTAIN})|${LIKELY})(?: [-–] |: ?| )(.+)$`);
/** As spreadsheets write totals of groups: "Bayern Ergebnis", "NY Total". */
const BEHIND = new RegExp(`^(.+?)(?: [-–])? (?:(${CERTAIN})|${LIKELY}|ergebnis)$`);

/** What every such word has a part of: nearly every cell is told by it. */
const HINT = /tot|sum|som|gesamt|ergebnis|overall/i;
const LONGEST = 80;

/** What a cell says that names a total. */
export interface TotalsLabel {
  /** What the total is of; empty where it says no more than that it is one. */
  readonly name: string;
  /** Whether it can be nothing else. */
  readonly certain: boolean;
}

/** A text as names are compared: lower case, without accents, blanks told once, no colon behind. */
export const plainLabel = (text: string): string =>
  text.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim().replace(/ ?:$/, '').toLowerCase();

/** What a cell says of a total; null where it names none. */
export function totalsLabel(cell: string): TotalsLabel | null {
  if (cell.length > LONGEST || !HINT.test(cell)) return null;
  const text = plainLabel(cell);
  if (WHOLE.test(text)) return { name: '', certain: true };
  const [, before, of] = BEFORE.exec(text) ?? [];
  if (of !== undefined) return { name: of, certain: before !== undefined };
  const [, name, behind] = BEHIND.exec(text) ?? [];
  return name === undefined ? null : { name, certain: behind !== undefined };
}
