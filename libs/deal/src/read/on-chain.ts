import { RATE_SCALE } from '@weir/money';
import {
  CONTROL_ROLES,
  type ControlRole,
  PARTY_ROLES,
  type Attestation,
  type Offering,
  type OnChainTerms,
  type TrancheOffer,
} from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { readDays, readDuration } from './duration.js';
import { positiveMoney, positiveShare, readParty, type Reading } from './reading.js';

const ACCOUNT = /^0x[0-9a-fA-F]{40}$/;
const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;
/** The contracts count these days in sixteen bits. */
const MOST_DAYS = 65_535;
const MOST_SIGNERS = 32;

/** A time of day in seconds after midnight. */
function readTime(cursor: Cursor): number {
  const text = cursor.text();
  const [, hours, minutes] = TIME.exec(text) ?? [];
  if (minutes === undefined && text !== '') cursor.error('value', `"${text}" is no time of day: write it like 17:30`);
  return Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60;
}

function readOffer(tranche: string, cursor: Cursor): TrancheOffer {
  const fields = cursor.fields([], ['minimum', 'maximum', 'perInvestor', 'lot']);
  const minimum = fields.minimum ? positiveShare(fields.minimum) : RATE_SCALE;
  const maximum = fields.maximum ? positiveShare(fields.maximum) : RATE_SCALE;
  if (minimum > RATE_SCALE) fields.minimum?.error('number', 'the minimum is a share of the class, at most 100 %');
  if (maximum < RATE_SCALE) fields.maximum?.error('number', 'the maximum is a share of the class, at least 100 %');
  return {
    tranche,
    minimum,
    maximum,
    perInvestor: fields.perInvestor ? positiveMoney(fields.perInvestor) : null,
    lot: fields.lot ? positiveMoney(fields.lot) : null,
    ...cursor.place,
  };
}

/** The `offering:` block: how classes are offered for subscription, and until when. */
export function readOffering(cursor: Cursor, reading: Reading): Offering {
  const fields = cursor.fields([], ['closesAt', 'tranches', 'furtherIssues']);
  const tranches = (fields.tranches?.entries() ?? []).map(({ name, at, value }) => {
    reading.names.refer(name, 'tranche', at, value.path);
    return readOffer(name, value);
  });
  const furtherIssues = (fields.furtherIssues?.entries() ?? []).map(({ name, at, value }) => {
    reading.names.refer(name, 'tranche', at, value.path);
    return { tranche: name, amount: positiveMoney(value), ...value.place };
  });
  return { closesAt: fields.closesAt ? readTime(fields.closesAt) : null, tranches, furtherIssues };
}

function readAttestation(cursor: Cursor, reading: Reading): Attestation {
  const fields = cursor.fields(['signers', 'threshold']);
  const signers = fields.signers.items().map((item) => {
    const party = readParty(item, reading);
    if (PARTY_ROLES.some((role) => role === party))
      item.error('value', 'whoever plays a part in the deal does not attest its collateral; name another party');
    return party;
  });
  const threshold = fields.threshold.integer(1, MOST_SIGNERS);
  if (signers.length > 0 && threshold > signers.length)
    fields.threshold.error(
      'number',
      `there are ${signers.length} signers, so that no more than these can be asked for`,
    );
  return { signers, threshold };
}

/** Accounts on chain of parties beside the five roles, whose accounts are those of the organisations that play them. */
function readAccounts(cursor: Cursor, reading: Reading): OnChainTerms['accounts'] {
  return cursor.entries().map(({ name, at, value }) => {
    const isRole = PARTY_ROLES.some((role) => role === name);
    if (isRole || !reading.parties.includes(name))
      cursor.findings.error(at, value.path, 'unknown-party', `"${name}" is no party beside the five roles`);
    const account = value.text();
    if (account !== '' && !ACCOUNT.test(account)) value.error('value', 'an account is 0x and 40 digits');
    return { name, account: account.toLowerCase() as `0x${string}` };
  });
}

/** Whoever is named here must be one of the five roles, or have an account. */
function partyWithAccount(cursor: Cursor, accounts: OnChainTerms['accounts'], reading: Reading): string {
  const party = readParty(cursor, reading);
  requireAccount(cursor, party, accounts);
  return party;
}

function requireAccount(cursor: Cursor, party: string, accounts: OnChainTerms['accounts']): void {
  const known = PARTY_ROLES.some((role) => role === party) || accounts.some(({ name }) => name === party);
  if (party !== '' && !known) cursor.lacks('accounts', `: ${party} needs an account, onChain.accounts.${party}`);
}

/** Who holds the roles over the deal's contracts; an empty list where the document leaves a role open. */
function readRoles(
  cursor: Cursor | undefined,
  accounts: OnChainTerms['accounts'],
  reading: Reading,
): OnChainTerms['roles'] {
  const fields: Partial<Record<ControlRole, Cursor>> = cursor?.fields([], CONTROL_ROLES) ?? {};
  const entries = CONTROL_ROLES.map((role): [ControlRole, string[]] => [
    role,
    fields[role]?.items().map((item) => partyWithAccount(item, accounts, reading)) ?? [],
  ]);
  return Object.fromEntries(entries) as OnChainTerms['roles'];
}

/** The `onChain:` block: terms of the deal's contracts that no program holds. */
export function readOnChain(cursor: Cursor, reading: Reading): OnChainTerms {
  const fields = cursor.fields(
    [],
    ['disputeDelay', 'changeDelay', 'accounts', 'taxAccount', 'unclaimed', 'attestation', 'roles'],
  );
  const accounts = fields.accounts ? readAccounts(fields.accounts, reading) : [];
  const unclaimed = fields.unclaimed?.fields(['to', 'after', 'delay']);
  const attestation = fields.attestation ? readAttestation(fields.attestation, reading) : null;
  for (const signer of attestation?.signers ?? []) requireAccount(fields.attestation ?? cursor, signer, accounts);
  return {
    disputeDelay: fields.disputeDelay ? readDuration(fields.disputeDelay) : null,
    changeDelay: fields.changeDelay ? readDuration(fields.changeDelay) : null,
    accounts,
    taxAccount: fields.taxAccount ? partyWithAccount(fields.taxAccount, accounts, reading) : null,
    unclaimed: unclaimed
      ? {
          to: partyWithAccount(unclaimed.to, accounts, reading),
          afterDays: readDays(unclaimed.after, MOST_DAYS),
          delayDays: readDays(unclaimed.delay, MOST_DAYS),
        }
      : null,
    attestation,
    roles: readRoles(fields.roles, accounts, reading),
  };
}
