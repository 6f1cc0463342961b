/** Value types of WebAssembly that a projection uses, as their bytes in the binary format. */
export const I32 = 0x7f;
export const F64 = 0x7c;
const EMPTY = 0x40;

/** Instructions without operands, by their byte in the WebAssembly core specification, §5.4. */
const PLAIN = {
  end: 0x0b,
  else: 0x05,
  return: 0x0f,
  drop: 0x1a,
  select: 0x1b,
  'i32.eqz': 0x45,
  'i32.eq': 0x46,
  'i32.lt_s': 0x48,
  'i32.add': 0x6a,
  'i32.sub': 0x6b,
  'i32.and': 0x71,
  'i32.or': 0x72,
  'f64.eq': 0x61,
  'f64.ne': 0x62,
  'f64.lt': 0x63,
  'f64.gt': 0x64,
  'f64.le': 0x65,
  'f64.ceil': 0x9b,
  'f64.floor': 0x9c,
  'f64.add': 0xa0,
  'f64.sub': 0xa1,
  'f64.mul': 0xa2,
  'f64.div': 0xa3,
  'f64.min': 0xa4,
  'f64.max': 0xa5,
  'f64.convert_i32_s': 0xb7,
} as const;

/** Unsigned LEB128 of an integer below 2^32. */
export function unsigned(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low + 128 : low);
  } while (rest > 0);
  return bytes;
}

/** Signed LEB128 of a 32-bit integer. */
export function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const last = rest === (low & 0x40 ? -1 : 0);
    bytes.push(last ? low : low | 0x80);
    if (last) return bytes;
  }
}

/** The body of one function, written instruction by instruction. Parameters are locals 0 …; `local` adds one. */
export class WasmCode {
  readonly bytes: number[] = [];
  private readonly locals: number[] = [];
  /** Blocks that are open around the next instruction. */
  private open = 0;

  constructor(
    readonly params: readonly number[],
    readonly results: readonly number[],
  ) {}

  /** A further local of that type, zero at the start of a call. */
  local(type: typeof I32 | typeof F64): number {
    this.locals.push(type);
    return this.params.length + this.locals.length - 1;
  }

  op(...names: (keyof typeof PLAIN)[]): this {
    for (const name of names) this.bytes.push(PLAIN[name]);
    return this;
  }

  get(local: number): this {
    this.bytes.push(0x20, ...unsigned(local));
    return this;
  }

  set(local: number): this {
    this.bytes.push(0x21, ...unsigned(local));
    return this;
  }

  tee(local: number): this {
    this.bytes.push(0x22, ...unsigned(local));
    return this;
  }

  i32(value: number): this {
    this.bytes.push(0x41, ...signed(value));
    return this;
  }

  f64(value: number): this {
    this.bytes.push(0x44, ...new Uint8Array(Float64Array.of(value).buffer));
    return this;
  }

  /** f64 at the address on the stack + offset. */
  load(offset: number): this {
    this.bytes.push(0x2b, 3, ...unsigned(offset));
    return this;
  }

  /** Stores the f64 on the stack at the address below it + offset. */
  store(offset: number): this {
    this.bytes.push(0x39, 3, ...unsigned(offset));
    return this;
  }

  loadI32(offset: number): this {
    this.bytes.push(0x28, 2, ...unsigned(offset));
    return this;
  }

  storeI32(offset: number): this {
    this.bytes.push(0x36, 2, ...unsigned(offset));
    return this;
  }

  call(index: number): this {
    this.bytes.push(0x10, ...unsigned(index));
    return this;
  }

  /** Opens a block, loop or if, without result unless a type is given; answers the label that `br` takes. */
  begin(kind: 'block' | 'loop' | 'if', result: number = EMPTY): number {
    this.bytes.push({ block: 0x02, loop: 0x03, if: 0x04 }[kind], result);
    this.open += 1;
    return this.open;
  }

  end(): this {
    this.open -= 1;
    return this.op('end');
  }

  br(label: number): this {
    this.bytes.push(0x0c, ...unsigned(this.open - label));
    return this;
  }

  brIf(label: number): this {
    this.bytes.push(0x0d, ...unsigned(this.open - label));
    return this;
  }

  /** The function as the code section holds it: locals, instructions, end; without its size. */
  finish(): number[] {
    const groups = this.locals.map((type) => [1, type]);
    return [...unsigned(groups.length), ...groups.flat(), ...this.bytes, PLAIN.end];
  }
}
