import { FORMAT, type Manifest } from './manifest-model.js';
import { MADE_BY } from './platform.js';

const ADDRESS = /^0x[0-9a-f]{40}$/;
const HASH = /^0x[0-9a-f]{64}$/;

/** What keeps something that was read from being a manifest, in words; null when nothing does. */
export function malformation(found: Partial<Manifest> | null): string | null {
  if (found === null || typeof found !== 'object' || found.format !== FORMAT) return 'it does not say so';
  if (typeof found.chainId !== 'number') return 'it names no chain';
  return termsFault(found.terms) ?? stepsFault(found.steps) ?? (found.complete === true ? wholeFault(found) : null);
}

function termsFault(terms: Partial<Manifest['terms']> | null | undefined): string | null {
  if (typeof terms !== 'object' || terms === null) return 'it has no terms';
  for (const name of ['deployer', 'admin', 'operator', 'compliance', 'guardian'] as const)
    if (!ADDRESS.test(String(terms[name]))) return `${name} is no address in small letters`;
  for (const name of ['cash', 'pledges'] as const)
    if (terms[name] !== null && !ADDRESS.test(String(terms[name]))) return `${name} is neither an address nor null`;
  return Number.isSafeInteger(terms.timelock) && Number(terms.timelock) >= 0 ? null : 'the timelock is no number';
}

function stepsFault(steps: unknown): string | null {
  if (!Array.isArray(steps)) return 'it has no steps';
  const bad = steps.find(
    (step: Partial<Manifest['steps'][number]> | null) =>
      typeof step?.name !== 'string' || !Number.isSafeInteger(step.nonce) || !HASH.test(String(step.dataHash)),
  ) as unknown;
  return bad === undefined ? null : 'a step lacks its name, nonce or hash';
}

function wholeFault({ contracts, access }: Partial<Manifest>): string | null {
  const names = Object.keys(contracts ?? {}).sort();
  if (names.join() !== Object.keys(MADE_BY).sort().join()) return `its contracts are ${names.join(', ') || 'none'}`;
  for (const [name, contract] of Object.entries(contracts ?? {})) {
    if (!ADDRESS.test(contract.address) || !HASH.test(contract.runtimeCodeHash))
      return `${name} has no address and hash`;
    const { made } = contract;
    if (made !== null && (!HASH.test(String(made?.transaction)) || !Number.isSafeInteger(made.block)))
      return `${name} has no transaction and block`;
  }
  const lists = [access?.grants, access?.restrictions, access?.guardians];
  return lists.every(Array.isArray) ? null : 'it does not say who has which power';
}
