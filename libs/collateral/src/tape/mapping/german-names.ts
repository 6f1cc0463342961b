/** What German column names mean, in the words of the loan model: each meaning with its names, umlauts written out. */
const NAMES: Readonly<Record<string, string>> = {
  'loan number':
    'kreditnummer kreditnr kreditid darlehensnummer darlehensnr darlehensid finanzierungsnummer finanzierungsnr',
  'contract number': 'vertragsnummer vertragsnr vertragsid vertrag leasingvertragsnummer',
  'account number': 'kontonummer kontonr konto darlehenskontonummer darlehenskonto kreditkonto aktenzeichen',
  'customer number': 'kundennummer kundennr kundenid kunde debitor debitornummer debitorennummer',
  'borrower number': 'kreditnehmer kreditnehmernummer kreditnehmernr darlehensnehmer darlehensnehmernummer',
  'origination date':
    'auszahlungsdatum auszahlung auszahlungstag vertragsbeginn vertragsdatum vertragsabschluss kreditbeginn abschlussdatum ' +
    'abschluss valuta valutadatum laufzeitbeginn startdatum beginn bewilligungsdatum darlehensbeginn',
  'maturity date':
    'faelligkeit faelligkeitsdatum faelligam endfaelligkeit vertragsende laufzeitende enddatum ende kreditende darlehensende ' +
    'letzterate rueckzahlungsdatum',
  'reporting date': 'stichtag berichtsdatum datenstichtag meldestichtag berichtsstichtag',
  'period start': 'periodenbeginn berichtszeitraumvon zeitraumvon periodevon',
  'period end': 'periodenende berichtszeitraumbis zeitraumbis periodebis',
  'original loan amount':
    'kreditbetrag darlehensbetrag kreditsumme darlehenssumme auszahlungsbetrag ursprungsbetrag urspruenglicherbetrag ' +
    'ursprungskapital ursprungssaldo ursprungsdarlehen nettodarlehensbetrag nettokreditbetrag finanzierungsbetrag ' +
    'finanzierungssumme anfangsbetrag nominalbetrag ursprungsschuld urspruenglicherkreditbetrag ' +
    'urspruenglicherdarlehensbetrag',
  'current balance':
    'restschuld restsaldo restkapital saldo kapitalsaldo forderungsbestand restforderung restbetrag restdarlehen ' +
    'restvaluta aussenstand ausstehenderbetrag darlehenssaldo kreditsaldo saldoaktuell restschuldaktuell',
  'closing balance': 'endsaldo endbestand schlusssaldo saldoende restschuldende',
  'beginning balance':
    'anfangssaldo anfangsbestand saldovormonat restsaldovormonat restschuldvormonat vormonatssaldo saldoanfang ' +
    'restschuldanfang restkapitalvormonat saldoalt restschuldalt',
  'interest rate':
    'zinssatz sollzins sollzinssatz nominalzins nominalzinssatz zins kundenzins kundenzinssatz vertragszins vertragszinssatz ' +
    'effektivzins effektivzinssatz jahreszins',
  'original term': 'laufzeit gesamtlaufzeit ursprungslaufzeit vertragslaufzeit kreditlaufzeit ursprlaufzeit',
  'remaining term': 'restlaufzeit rlz verbleibendelaufzeit restmonate restlaufzeitmonate',
  'monthly payment':
    'monatsrate kreditrate ratenhoehe ratenbetrag rate darlehensrate annuitaet leasingrate regelrate sollrate tilgungsrate',
  'interest paid':
    'zinszahlung zinsen zinsbetrag zinsanteil gezahltezinsen zinsengezahlt bezahltezinsen zinseingang zinsenbezahlt',
  'principal paid':
    'tilgung tilgungszahlung tilgungsanteil tilgungsbetrag gezahltetilgung tilgunggezahlt tilgungseingang tilgungbezahlt',
  'total paid': 'zahlung zahlungen zahlungseingang zahlungsbetrag gezahlt gesamtzahlung geleistetezahlung einzahlung',
  'charge off': 'abschreibung ausbuchung ausfall ausfallbetrag wertberichtigung abgeschrieben',
  recoveries: 'verwertungserloes verwertungserloese rueckfluesse rueckfluss erloes erloese verwertung',
  region: 'bundesland region',
  postcode: 'plz postleitzahl',
  score: 'bonitaet bonitaetsscore score schufa schufascore scorewert bonitaetswert',
  'loan purpose': 'verwendungszweck verwendung kreditzweck',
  'days past due':
    'verzugstage rueckstandstage zahlungsrueckstand verzug rueckstand tageinverzug tageimverzug tageimrueckstand ' +
    'ueberfaelligetage tageueberfaellig',
  status: 'vertragsstatus kreditstatus darlehensstatus kontostatus status',
  'annual income': 'jahreseinkommen einkommen',
  'vehicle value': 'fahrzeugwert kaufpreis fahrzeugpreis',
  'property value': 'objektwert immobilienwert beleihungswert verkehrswert marktwert',
  'residual value': 'restwert kalkulierterrestwert',
  'debt to income': 'schuldenquote',
};

const MEANINGS: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([meaning, names]) => names.split(' ').map((name) => [name, meaning] as const)),
);

/** Names that are words of English too: German only beside others that are not. */
const BOTH = new Set(['rate', 'score', 'status', 'region', 'saldo', 'konto']);

const LETTERS: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/** Words beside a name that say how it is counted. */
const BESIDE =
  /\b(?:tagen?|monaten?|monatlich|in|eur|euro|teur|prozent|aktuelle[rs]?|pa|p a|per|zum|am|urspr|urspruenglich)\b/g;

const joined = (words: string): string => words.replace(/\s+/g, '');

/** A column name as it is looked up; umlauts may have been lost on the way, so that letters that are none stand for them. */
function found(column: string): [name: string, meaning: string] | null {
  const plain = column
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => LETTERS[letter] ?? letter);
  const words = plain.replace(/[^a-z]+/g, ' ').trim();
  for (const name of [joined(words), joined(words.replace(BESIDE, ' '))]) {
    const meaning = MEANINGS.get(name);
    if (meaning !== undefined) return [name, meaning];
  }
  return null;
}

/** Whether the columns of a file are called in German: a name of no other language is among them. */
export const isGerman = (columns: readonly string[]): boolean =>
  columns.some((column) => {
    const name = found(column)?.[0];
    return name !== undefined && !BOTH.has(name);
  });

/**
 * A column name in the words of the loan model, when it is a German one; null when it is not.
 * @param german whether the file's other columns are: "Rate" is a payment then, and else a rate
 */
export function meaningOfGerman(column: string, german: boolean): string | null {
  const name = found(column);
  return name === null || (BOTH.has(name[0]) && !german) ? null : name[1];
}
