import type { Place } from '@weir/deal';
import type { Assembler } from '../assembler.js';

const PHASES = ['trigger', 'state', 'history'] as const;
export type Phase = (typeof PHASES)[number];

/** Code that runs after the last step. Emitting one piece may call for more, of its own or a later phase. */
export class Endings {
  private readonly waiting: Record<Phase, { code: () => void; place: Place | null }[]> = {
    trigger: [],
    state: [],
    history: [],
  };

  constructor(private readonly asm: Assembler) {}

  add(phase: Phase, code: () => void): void {
    this.waiting[phase].push({ code, place: this.asm.place });
  }

  emit(): void {
    for (let next = this.next(); next; next = this.next()) {
      this.asm.place = next.place;
      next.code();
    }
  }

  private next(): { code: () => void; place: Place | null } | undefined {
    const phase = PHASES.find((known) => this.waiting[known].length > 0);
    return phase && this.waiting[phase].shift();
  }
}
