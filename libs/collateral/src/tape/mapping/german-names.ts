/** What German column names mean, in the words of the loan model. Whole words: German runs them together. */
const MEANINGS: Readonly<Record<string, string>> = {
  ...{ vertragsnummer: 'contract number', vertragsnr: 'contract number', kontonummer: 'account number' },
  ...{
    kontonr: 'account number',
    kreditnummer: 'loan number',
    darlehensnummer: 'loan number',
    darlehensnr: 'loan number',
  },
  ...{ kundennummer: 'customer number', kundennr: 'customer number', kreditnehmer: 'borrower number' },
  ...{ auszahlungsdatum: 'origination date', auszahlung: 'origination date', vertragsbeginn: 'origination date' },
  ...{ kreditbeginn: 'origination date', abschlussdatum: 'origination date', vertragsdatum: 'origination date' },
  ...{ faelligkeitsdatum: 'maturity date', endfaelligkeit: 'maturity date', vertragsende: 'maturity date' },
  ...{ laufzeitende: 'maturity date', stichtag: 'reporting date', berichtsdatum: 'reporting date' },
  ...{
    kreditbetrag: 'original loan amount',
    darlehensbetrag: 'original loan amount',
    kreditsumme: 'original loan amount',
  },
  ...{ darlehenssumme: 'original loan amount', auszahlungsbetrag: 'original loan amount' },
  ...{
    restschuld: 'current balance',
    restsaldo: 'current balance',
    restkapital: 'current balance',
    saldo: 'current balance',
  },
  ...{
    endsaldo: 'closing balance',
    anfangssaldo: 'beginning balance',
    zinssatz: 'interest rate',
    sollzins: 'interest rate',
  },
  ...{ sollzinssatz: 'interest rate', nominalzins: 'interest rate', nominalzinssatz: 'interest rate' },
  ...{ laufzeit: 'original term', gesamtlaufzeit: 'original term', restlaufzeit: 'remaining term' },
  ...{ monatsrate: 'monthly payment', kreditrate: 'monthly payment', ratenhoehe: 'monthly payment' },
  ...{
    zinszahlung: 'interest paid',
    zinsen: 'interest paid',
    tilgung: 'principal paid',
    tilgungszahlung: 'principal paid',
  },
  ...{
    abschreibung: 'charge off',
    ausbuchung: 'charge off',
    verwertungserloes: 'recoveries',
    rueckfluesse: 'recoveries',
  },
  ...{
    bundesland: 'region',
    plz: 'postcode',
    postleitzahl: 'postcode',
    bonitaet: 'score',
    verwendungszweck: 'loan purpose',
  },
  ...{ verzugstage: 'days past due', rueckstandstage: 'days past due', zahlungsrueckstand: 'days past due' },
  ...{
    vertragsstatus: 'status',
    kreditstatus: 'status',
    jahreseinkommen: 'annual income',
    objektwert: 'property value',
  },
};

const LETTERS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** Words beside a name that say how it is counted. */
const BESIDE = /\b(?:tage|monate|monatlich|in|eur|euro|teur|prozent|aktuelle[rs]?|pa|p a)\b/g;

/** A column name in the words of the loan model, when it is a German one; null when it is not. */
export function meaningOfGerman(column: string): string | null {
  const plain = column.toLowerCase().replace(/[äöüß]/g, (letter) => LETTERS[letter] ?? letter);
  const words = plain
    .replace(/[^a-z]+/g, ' ')
    .replace(BESIDE, ' ')
    .replace(/\s+/g, '');
  return Object.hasOwn(MEANINGS, words) ? (MEANINGS[words] ?? null) : null;
}
