import { formatMoney } from '@weir/money';
import type { CompiledDeal } from '../compile/compiled-deal.js';
import type { Change, Report } from './change.js';
import type { ClassIssue } from './class-issue.js';
import type { MappingCode, MappingSlots } from './mapping-code.js';

const wordOf = (tranche: string): string => `balance.${tranche}`;

/** Up to which original amount, in cents, a deal lets a class grow; 0 for never. */
export const mostOriginalOf = ({ furtherIssues }: Pick<CompiledDeal, 'furtherIssues'>, tranche: string): bigint =>
  furtherIssues.find(({ name }) => name === tranche)?.most ?? 0n;

/** The issues of an amendment, of classes that both deals have. */
export function issuesOf({ amends, names, old, next, oldValues }: Change): ClassIssue[] {
  return (amends?.issued ?? []).flatMap(({ name, amount }): ClassIssue[] => {
    const oldWord = names.oldName(wordOf(name));
    const was = old.tranches.find((tranche) => wordOf(tranche.name) === oldWord);
    const place = oldValues.find((value) => value.name === oldWord)?.plus;
    if (!was || place === undefined || place === null || !next.tranches.some((tranche) => tranche.name === name))
      return [];
    return [{ tranche: name, face: amount, original: was.original, place }];
  });
}

/** Reports issues that the amended deal does not permit, or that say another amount than the class's new one. */
export function findInIssues(change: Change, report: Report): void {
  const { amends, names, old, next } = change;
  for (const { name, amount, ...place } of amends?.issued ?? []) {
    const path = `amends.issued.${name}`;
    const fault = (message: string): void => report(place, path, 'further-issue', message);
    const issue = issuesOf(change).find(({ tranche }) => tranche === name);
    const now = next.tranches.find((tranche) => tranche.name === name);
    if (!issue || !now) {
      fault(`${name} is no class of both documents, so that no more of it is issued`);
      continue;
    }
    const { original } = issue;
    if (now.notional) fault(`${name} is a notional class: its balance follows others, and no more of it is issued`);
    // It would be owed interest on notes of another class that nobody holding it bought.
    const follower = next.tranches.find((tranche) => tranche.notional && tranche.name !== name);
    if (follower) fault(`no more of ${name} is issued beside the notional class ${follower.name}, which may follow it`);
    if (original + amount !== now.original) {
      const [was, sum] = [formatMoney(original), formatMoney(original + amount)];
      fault(
        `of ${name} there were ${was}, and with this issue are ${sum}; the class says ${formatMoney(now.original)}`,
      );
    }
    const most = mostOriginalOf(old, names.oldName(wordOf(name))?.slice(wordOf('').length) ?? name);
    if (now.original > most) {
      const allowed = most === 0n ? 'never lets it grow' : `lets it grow to ${formatMoney(most)}`;
      fault(`${formatMoney(now.original)} of ${name}, but the amended deal ${allowed} (offering.furtherIssues)`);
    }
    if (amends?.state.some((said) => said.name === wordOf(name)))
      fault(`${wordOf(name)} follows from the issue; take it out of amends.state`);
  }
  for (const { name, most } of next.furtherIssues) {
    const oldName = names.oldName(wordOf(name))?.slice(wordOf('').length) ?? name;
    if (!old.tranches.some((tranche) => tranche.name === oldName) || most <= mostOriginalOf(old, oldName)) continue;
    const message = `how far ${name} may grow was said at closing and stays at most ${formatMoney(mostOriginalOf(old, oldName))}`;
    report(null, 'offering.furtherIssues', 'further-issue', message);
  }
}

/**
 * The class's balance grows in proportion to its face: balance × new ÷ old original. The run stops unless that is whole cents,
 * and unless nothing is owed from earlier on the class, which the new notes would share.
 */
export function takeIssue(code: MappingCode, slots: MappingSlots, issue: ClassIssue, place: number): void {
  const [from, to] = [slots.oldState[issue.place], slots.newState[place]];
  if (!from || !to) return;
  const { asm, emitter } = code;
  const after = issue.original + issue.face;
  const grown = emitter.combine(0, 'MULF', from, after, issue.original);
  const [exact, whole] = [
    emitter.combine(0, 'MULF', from, after, 1n),
    emitter.combine(0, 'MULF', grown, issue.original, 1n),
  ];
  const rest = asm.named('no whole balance');
  asm.emit('SUB', rest, exact, whole);
  code.mustBeZero(rest);
  asm.emit('MOV', to, grown);
}
