import type { Program } from '../program/program.js';
import { jumpTargets } from '../program/effects.js';
import { bytesOfInput, WIDEST } from './feasible/input-bytes.js';
import { everythingHappens, leftOut } from './feasible/everything.js';
import { Month } from './feasible/month.js';
import { Problem } from './feasible/problem.js';
import { goes, perform } from './feasible/steps.js';
import { dearestRests, instructionGas } from './machine-gas.js';

/** What a run takes at most. */
export interface DearRun {
  machineGas: number;
  /** Bytes other than zero of each input. */
  inputBytes: number[];
  wordsKept: number;
  payeeWordsKept: number;
  classesUnpaid: number;
}

/**
 * Looks for the dearest run, by the ways through the code, the dearer side of each jump first. A way on which no figures
 * lead is left out, and what remains is held against the dearest found.
 */
class DearestRun {
  private readonly problem: Problem;
  private readonly month: Month;
  private readonly targets: Int32Array;
  private readonly rests: number[];
  private best: DearRun | null = null;
  private most = -1;

  constructor(
    private readonly program: Program,
    private readonly gasOf: (run: DearRun) => number,
    work: number,
  ) {
    this.problem = new Problem(work);
    this.month = new Month(program, this.problem);
    this.targets = jumpTargets(program.code);
    this.rests = dearestRests(program.code);
  }

  find(): DearRun {
    this.from(0, 0);
    return this.best ?? this.atMost(this.rests[0]!);
  }

  /** All that can follow from an instruction on, after so much gas. */
  private from(start: number, gas: number): void {
    const { code } = this.program;
    let [index, spent] = [start, gas];
    for (;;) {
      const line = code[index]!;
      // Nothing more will be refuted.
      if (this.problem.isSpent) return this.consider(this.atMost(spent + this.rests[index]!));
      if (line.op === 'END') return this.atEnd(spent);
      if (line.op === 'JZ') return this.atJump(index, spent);
      spent += instructionGas(line.op, true);
      if (line.op !== 'JMP') perform(this.month, line);
      index = line.op === 'JMP' ? this.targets[index]! : index + 1;
    }
  }

  private atJump(index: number, gas: number): void {
    const sides = [true, false].map((taken) => {
      const next = taken ? this.targets[index]! : index + 1;
      const spent = gas + instructionGas('JZ', taken);
      return { taken, next, spent, most: spent + this.rests[next]! };
    });
    for (const { taken, next, spent, most } of sides.sort((a, b) => b.most - a.most)) {
      const upper = this.atMost(most);
      if (this.gasOf(upper) <= this.most) continue;
      this.within(() => {
        this.problem.holds(goes(this.month, this.program.code[index]!, taken));
        if (!this.problem.refutes()) this.from(next, spent);
      });
    }
  }

  private atEnd(machineGas: number): void {
    this.month.isSettled();
    if (this.problem.refutes()) return;
    const run: DearRun = { ...this.atMost(machineGas), ...leftOut(this.month) };
    this.within(() => {
      everythingHappens(this.month);
      if (!this.problem.refutes()) this.considerWithInputs(run);
    });
    this.notEverything(run);
  }

  /** Months on a way in which something does not happen that could: what saves least is a word kept. The figures may be wider. */
  private notEverything(run: DearRun): void {
    this.considerWithInputs({ ...run, wordsKept: run.wordsKept + 1 });
  }

  /** A run with inputs as wide as it can bear, unless it is no dearer than the best even with wider ones. */
  private considerWithInputs(run: DearRun): void {
    const inputBytes = [...run.inputBytes];
    for (const [index, input] of this.month.inputs.entries()) {
      if (this.gasOf({ ...run, inputBytes }) <= this.most) return;
      inputBytes[index] = bytesOfInput(this.problem, input);
    }
    this.consider({ ...run, inputBytes });
  }

  /** Everything happens, and inputs are as wide as they may be. */
  private atMost(machineGas: number): DearRun {
    const inputBytes = this.month.inputs.map(() => WIDEST);
    return { machineGas, inputBytes, wordsKept: 0, payeeWordsKept: 0, classesUnpaid: 0 };
  }

  private consider(run: DearRun): void {
    const gas = this.gasOf(run);
    if (gas > this.most) [this.best, this.most] = [run, gas];
  }

  /** Does something under conditions and in slots that are then forgotten. */
  private within(action: () => void): void {
    const [mark, slots] = [this.problem.mark(), [...this.month.slots]];
    action();
    this.problem.backTo(mark);
    slots.forEach((value, slot) => (this.month.slots[slot] = value));
  }
}

/**
 * The run of a program that takes most gas, as far as can be told with so much work: no run takes more than `gasOf` says of it. What
 * cannot be told counts as possible.
 */
export function dearestRun(program: Program, gasOf: (run: DearRun) => number, work: number): DearRun {
  return new DearestRun(program, gasOf, work).find();
}
