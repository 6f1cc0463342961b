/** How a loan repays; `other` is stated and not one of those that can be reckoned. */
export type RepaymentKind = 'level' | 'linear' | 'bullet' | 'balloon' | 'negative' | 'other';

/** Words and codes (ESMA's) of kinds, the most telling first. */
const KINDS: readonly (readonly [RegExp, RepaymentKind])[] = [
  [/\bneg(?:ative)?\.? ?am|option arm|payment option/i, 'negative'],
  [/interest[- ]only.*(?:then|amorti|follow)/i, 'other'],
  [/balloon|schlussrate/i, 'balloon'],
  [/^fixe$|linear|straight|(?:equal|fixed|constant|level) principal|tilgungsdarlehen|ratendarlehen/i, 'linear'],
  [/^bllt$|bullet|interest[- ]only|^io$|endf(?:ä|ae)llig|single payment|term loan at maturity/i, 'bullet'],
  [
    /^frxx$|^dexx$|annui|level|p ?& ?i|french|fully amorti[sz]ing|(?:equal|fixed) (?:pay|inst)|^amorti[sz]ing$/i,
    'level',
  ],
  [/^othr$|^98$|other|custom|irregular|step|graduated|revolving|seasonal/i, 'other'],
];

/** The kind that a text of a tape says; null where it says none. */
export function repaymentKindOf(text: string | null): RepaymentKind | null {
  return KINDS.find(([words]) => words.test(text?.trim() ?? ''))?.[1] ?? null;
}
