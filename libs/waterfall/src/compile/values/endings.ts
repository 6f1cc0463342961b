import type { Assembler } from '../assembler.js';

const PHASES = ['trigger', 'state', 'history'] as const;
export type Phase = (typeof PHASES)[number];

/** Code that runs after the last step. Emitting one piece may call for more, of its own or a later phase. */
export class Endings {
  private readonly waiting: Record<Phase, (() => void)[]> = { trigger: [], state: [], history: [] };

  constructor(private readonly asm: Assembler) {}

  add(phase: Phase, code: () => void): void {
    this.waiting[phase].push(code);
  }

  emit(): void {
    this.asm.place = null;
    for (let code = this.next(); code; code = this.next()) code();
  }

  private next(): (() => void) | undefined {
    const phase = PHASES.find((known) => this.waiting[known].length > 0);
    return phase && this.waiting[phase].shift();
  }
}
