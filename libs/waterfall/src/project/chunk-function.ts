import { regionOf } from '../program/program.js';
import { type Block, blocksOf } from './chunks.js';
import { depositsAt } from '../program/deposit.js';
import { F64_BYTES, homeOf, REMIT_AT } from './memory-map.js';
import { type Slots, writeOperation } from './operations.js';
import type { ChunkPlan, ModulePlan } from './plan.js';
import { F64, I32, WasmCode } from './wasm-code.js';

/** Parameters of a chunk's function: addresses of the row, the inputs and the watched values, and where to enter. */
const [ROW, INPUTS, OUT, ENTRY] = [0, 1, 2, 3];

/**
 * Writes the function of one chunk. It answers the index of the instruction that is next, or the negative of a fault
 * code, in which case it has stored nothing.
 */
class ChunkFunction implements Slots {
  readonly code = new WasmCode([I32, I32, I32, I32], [I32]);
  readonly amount = this.code.local(F64);
  readonly due = this.code.local(F64);
  readonly quotient: number;
  private readonly next = this.code.local(I32);
  private readonly locals = new Map<number, number>();
  private readonly labels = new Map<number, number>();
  private exit = 0;

  constructor(
    private readonly plan: ModulePlan,
    private readonly chunk: ChunkPlan,
    private readonly last: boolean,
  ) {
    this.quotient = plan.chunks.length;
  }

  constant(slot: number): bigint | undefined {
    return this.plan.program.constants[slot];
  }

  get(slot: number): void {
    const fresh = this.chunk.first === 0 && 'XT'.includes(regionOf(this.layout, slot));
    const local = fresh ? this.localOf(slot) : this.locals.get(slot);
    if (local !== undefined) this.code.get(local);
    else this.fetch(slot);
  }

  set(slot: number): void {
    this.code.set(this.localOf(slot));
  }

  write(): WasmCode {
    const { code, chunk } = this;
    for (const slot of chunk.loads) {
      this.fetch(slot);
      this.set(slot);
    }
    this.exit = code.begin('block');
    const blocks = blocksOf(this.plan.targets, chunk);
    for (let index = chunk.first; index < chunk.end; index++) this.instruction(index, blocks);
    code.i32(chunk.end).set(this.next);
    code.end();
    for (const slot of chunk.stores) this.keep(() => this.get(slot), 0, homeOf(this.plan.map, this.layout, slot));
    if (this.last) this.plan.watch.forEach((slot, column) => this.keep(() => this.get(slot), OUT, F64_BYTES * column));
    code.get(this.next);
    return code;
  }

  private get layout(): ModulePlan['program']['layout'] {
    return this.plan.program.layout;
  }

  /** The local of a slot: zero at the start of a call, as X and T are at that of a payment date. */
  private localOf(slot: number): number {
    const known = this.locals.get(slot);
    if (known !== undefined) return known;
    const local = this.code.local(F64);
    this.locals.set(slot, local);
    return local;
  }

  /** Pushes a slot that is in no local. */
  private fetch(slot: number): void {
    const { code, layout } = this;
    const { R, I } = layout.regions;
    const region = regionOf(layout, slot);
    if (region === 'K') code.f64(Number(this.constant(slot)));
    else if (region === 'R') code.get(ROW).load(F64_BYTES * (slot - R.first));
    else if (region === 'I') code.get(INPUTS).load(F64_BYTES * (slot - I.first));
    else code.i32(0).load(homeOf(this.plan.map, layout, slot));
  }

  /** Stores what `push` pushes at an address: a parameter's value, or 0 when `base` is no parameter, plus an offset. */
  private keep(push: () => void, base: number, offset: number): void {
    if (base === OUT) this.code.get(OUT);
    else this.code.i32(0);
    push();
    this.code.store(offset);
  }

  private instruction(index: number, blocks: readonly Block[]): void {
    const { code, plan, chunk } = this;
    if (this.labels.delete(index)) code.end();
    for (const block of blocks) if (block.start === index) this.labels.set(block.target, code.begin('block'));
    if (index === chunk.first) {
      for (const entry of chunk.entries) code.get(ENTRY).i32(entry).op('i32.eq').brIf(this.labels.get(entry)!);
    }
    if (depositsAt(plan.deposit, plan.program, index)) this.deposit();
    const instruction = plan.program.code[index]!;
    const target = plan.targets[index]!;
    if (target < 0) writeOperation(code, this, instruction);
    else this.jump(instruction.op === 'JZ' ? instruction.operands[0] : undefined, target);
  }

  /** Goes to the target, when the condition slot is zero if there is one. */
  private jump(condition: number | undefined, target: number): void {
    const { code } = this;
    if (condition !== undefined) {
      this.get(condition);
      code.f64(0).op('f64.eq').begin('if');
    }
    const label = this.labels.get(target);
    if (label === undefined) code.i32(target).set(this.next);
    code.br(label ?? this.exit);
    if (condition !== undefined) code.end();
  }

  /** C := S[n] when the deposit is what is to be remitted and is not in yet. */
  private deposit(): void {
    const { code } = this;
    const { cash, remittance, told, always } = this.plan.deposit;
    this.get(remittance);
    this.get(cash);
    code.i32(0).loadI32(REMIT_AT);
    if (!always) {
      this.get(told);
      code.f64(0).op('f64.eq', 'i32.and');
    }
    code.op('select');
    this.set(cash);
    if (always) return;
    code.f64(1);
    this.set(told);
  }
}

/** The function of the chunk at an index of the plan. */
export function chunkFunction(plan: ModulePlan, index: number): WasmCode {
  return new ChunkFunction(plan, plan.chunks[index]!, index === plan.chunks.length - 1).write();
}
