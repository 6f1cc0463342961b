/** A, B and C. */
export function listed(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

/** Abbreviations that a prospectus writes in capitals. */
const ABBREVIATIONS = /\b(oc|ic|ccc|pdl|po|io|sofr|sonia|euribor|estr|libor|ltv|wac|ysoc|psa|npl)(?=\d*\b)/g;

/** An identifier as words: assetRepresentationsReviewer becomes asset representations reviewer. */
export function spoken(name: string): string {
  // A capital that stands alone is a class: interestA is interest A.
  return name
    .replace(/_/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/([a-z]{2})(\d)/g, '$1 $2')
    .replace(/(?<= )[A-Z](?=[a-z])/g, (letter) => letter.toLowerCase())
    .replace(ABBREVIATIONS, (letters) => letters.toUpperCase());
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const PARTS: Readonly<Record<string, string>> = {
  opening: 'opening balance of',
  balance: 'balance of',
  original: 'original balance of',
  interestDue: 'interest due on',
  shortfall: 'unpaid interest on',
  unpaidInterest: 'unpaid interest on',
  rate: 'rate of',
  coupon: 'coupon of',
  carryover: 'carry-over on',
  due: 'amount due for',
  paid: 'amount paid for',
  short: 'shortfall of',
  unpaid: 'amount unpaid for',
  target: 'target of',
  payment: 'payment on',
  receipt: 'receipt on',
  draw: 'draw on',
  price: 'price of',
  notional: 'notional of',
  drawn: 'amount drawn on',
};

/** A name of the language in words: A.opening is the opening balance of A, poolClosing pool closing. */
export function nameText(name: string): string {
  const [base = '', part] = name.split('.');
  const whole = base === 'notes' ? 'the notes' : spoken(base);
  if (part === undefined) return whole;
  if (base === 'state') return `the state is ${spoken(part)}`;
  return `${PARTS[part] ?? `${spoken(part)} of`} ${whole}`;
}

/** The 15th. */
export function ordinal(day: number): string {
  const teens = day % 100 >= 11 && day % 100 <= 13;
  return `${day}${teens ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th')}`;
}
