import type { Build } from '../build.js';
import { sumOf } from '../sum.js';

/**
 * Defines what formulas may know of the calls. A call that is exercised without being permitted stops the run with a range
 * error at its place in the document; the price is computed only when it is paid.
 */
export function defineCalls(build: Build): void {
  for (const { name, when, price, line, column } of build.deal.calls) {
    build.define(`${name}.permitted`, 'flag', () => build.signed(when));
    build.define(`${name}.refusable`, 'flag', () => {
      build.asm.place = { line, column };
      return sumOf(build.op('SUB', build.readValue(`${name}.permitted`), build.readValue(`${name}.exercised`)));
    });
    build.define(`${name}.price`, 'money', () => {
      const paid = build.asm.scratch();
      build.when(build.readValue(`${name}.exercised`), () => build.asm.emit('MOV', paid, build.value(price)));
      return sumOf(paid);
    });
  }
}
