import type { BusinessDayRule, ContractCalendar, ContractDayCount, Performance, Side } from '@weir/collateral';
import type { Conventions } from '@weir/collateral';
import type { TermReader } from './term-reader.js';

const DAY_COUNTS: Record<string, ContractDayCount> = {
  AA: 'ACT/ACT ISDA',
  'A/AISDA': 'ACT/ACT ISDA',
  A360: 'ACT/360',
  'A/360': 'ACT/360',
  A365: 'ACT/365F',
  'A/365': 'ACT/365F',
  '30E360': '30E/360',
  '30E/360': '30E/360',
  '30E360ISDA': '30E/360 ISDA',
  '30E/360ISDA': '30E/360 ISDA',
  '30360': '30/360',
  BUS252: 'BUS/252',
  B252: 'BUS/252',
  'B/252': 'BUS/252',
  A336: 'ACT/336',
  'A/336': 'ACT/336',
  '28E336': '28E/336',
  '28/336': '28E/336',
};

const CALENDARS: Record<string, ContractCalendar> = {
  NC: 'every-day',
  NOCALENDAR: 'every-day',
  NOHOLIDAY: 'every-day',
  MF: 'weekdays',
  WEEKDAY: 'weekdays',
  MONDAYTOFRIDAY: 'weekdays',
};

const MOVES: Record<string, BusinessDayRule['convention']> = {
  F: 'following',
  MF: 'modified-following',
  P: 'preceding',
  MP: 'modified-preceding',
};

const SHIFTS: Record<string, Omit<BusinessDayRule, 'calendar'> | 'none'> = { NOS: 'none', NULL: 'none' };
for (const [code, convention] of Object.entries(MOVES)) {
  SHIFTS[`SC${code}`] = { convention, interestTo: 'moved' };
  SHIFTS[`CS${code}`] = { convention, interestTo: 'scheduled' };
}

/** Contract roles: who receives, or receives the fixed or first leg, holds the asset. */
export const SIDES: Record<string, Side> = {
  RPA: 'asset',
  RPL: 'liability',
  RFL: 'asset',
  PFL: 'liability',
  RF: 'asset',
  PF: 'liability',
  LG: 'asset',
  ST: 'liability',
  BUY: 'asset',
  SEL: 'liability',
  COL: 'asset',
  CNO: 'asset',
  OBL: 'asset',
  GUA: 'liability',
  UDL: 'asset',
  UDLP: 'asset',
  UDLM: 'liability',
};

export const PERFORMANCE: Record<string, Performance> = {
  PF: 'performing',
  DL: 'delayed',
  DQ: 'delinquent',
  DF: 'defaulted',
};

/** Day count, end-of-month rule and business days. A calendar alone moves nothing, but BUS252 counts its days. */
export function readConventions(reader: TermReader): Conventions {
  const calendar = reader.oneOf('calendar', CALENDARS) ?? 'every-day';
  const shift = reader.oneOf('businessDayConvention', SHIFTS) ?? 'none';
  const dayCount = reader.oneOf('dayCountConvention', DAY_COUNTS) ?? 'ACT/ACT ISDA';
  const endOfMonth = reader.oneOf('endOfMonthConvention', { EOM: 'end-of-month', SD: 'same-day' } as const);
  const unmoved = dayCount === 'BUS/252' ? ({ convention: 'unadjusted', interestTo: 'scheduled' } as const) : undefined;
  const rule = shift === 'none' ? unmoved : shift;
  return { dayCount, endOfMonth: endOfMonth ?? 'same-day', businessDays: rule && { ...rule, calendar } };
}
