import type { Amendment, Place } from '@weir/deal';
import type { CompiledDeal } from '../compile/compiled-deal.js';
import type { Correspondence } from './correspondence.js';
import type { KeptValue } from './kept-values.js';

/** Both deals and what the new document says, while faults are looked for. */
export interface Change {
  readonly old: CompiledDeal;
  readonly next: CompiledDeal;
  readonly fromPeriod: number;
  readonly amends: Amendment | null;
  readonly names: Correspondence;
  readonly oldValues: readonly KeptValue[];
  readonly newValues: readonly KeptValue[];
}

/** Says a fault; what has no place of its own stands at the `amends:` block. */
export type Report = (place: Place | null, path: string, code: string, message: string) => void;
