import type { Finding } from '@weir/collateral';

/** A file or folder that a command was given cannot be read. */
export class InputUnreadable extends Error {
  override readonly name = 'InputUnreadable';
  constructor(
    readonly path: string,
    readonly reason: string,
    /** What to do about it. */
    readonly advice = 'check the path',
  ) {
    super(`${path} cannot be read (${reason}): ${advice}`);
  }
}

/** A file or folder that a command should write cannot be written; nothing was. */
export class OutputUnwritable extends Error {
  override readonly name = 'OutputUnwritable';
  constructor(
    readonly path: string,
    readonly reason: string,
  ) {
    super(`${path} cannot be written (${reason}); nothing was written: give another path`);
  }
}

/** An option's value is not of the form that the command takes. */
export class OptionInvalid extends Error {
  override readonly name = 'OptionInvalid';
  constructor(
    readonly option: string,
    readonly value: string,
    readonly expected: string,
  ) {
    super(`${option} is "${value}": give ${expected}`);
  }
}

/** The node answered with an error, or did not answer. */
export class NodeRefused extends Error {
  override readonly name = 'NodeRefused';
  constructor(
    readonly url: string,
    readonly reason: string,
  ) {
    super(`${url}: ${reason}`);
  }
}

/** An audit log without a seal: that nothing was cut off its end cannot be said. */
export class SealMissing extends Error {
  override readonly name = 'SealMissing';
  constructor(
    readonly path: string,
    detail: string,
  ) {
    super(
      `the log has no seal at ${path} (${detail}): give --head and --count, or --unsealed to check the chain alone`,
    );
  }
}

/** A deal document, or a scenario file, has errors. */
export class DocumentHasErrors extends Error {
  override readonly name = 'DocumentHasErrors';
  constructor(
    readonly document: string,
    readonly lines: readonly string[],
  ) {
    super(`${document} has errors:\n${lines.join('\n')}`);
  }
}

/** Nothing says how large the pool was at the cut-off date. */
export class PoolUnknown extends Error {
  override readonly name = 'PoolUnknown';
  constructor() {
    super(
      'the pool’s balance at the cut-off date is not known: give --cut-off-pool AMOUNT, or write cutOffPool under ' +
        '"collateral" in the document',
    );
  }
}

/** Findings block every row of a tape, so that it is of no use. */
export class TapeBlocked extends Error {
  override readonly name = 'TapeBlocked';
  constructor(
    readonly path: string,
    readonly rows: number,
    /** What blocks them, the first of each rule and column. */
    readonly findings: readonly Pick<Finding, 'row' | 'column' | 'rule' | 'message' | 'remedy'>[],
  ) {
    const lines = findings.map(({ row, column, rule, message, remedy }) => {
      const place = [row === null ? [] : `row ${row}`, column === null ? [] : `column ${column}`].flat().join(', ');
      return `  ${place === '' ? '' : `${place}: `}${message} (${rule}): ${remedy}`;
    });
    super(
      `${path}: all ${rows} rows are blocked, so it cannot be used (weir tape shows each finding)\n${lines.join('\n')}`,
    );
  }
}

/** A cell states more principal than a loan owed. */
export interface PrincipalCell {
  readonly row: number;
  readonly column: string;
  readonly principal: string;
  readonly owed: string;
}

/** Loans report more principal than they can have owed by the tape of the month before. */
export class PrincipalAboveOwed extends Error {
  override readonly name = 'PrincipalAboveOwed';
  constructor(
    readonly path: string,
    readonly previous: string,
    readonly cells: readonly PrincipalCell[],
    most: number,
  ) {
    const lines = cells
      .slice(0, most)
      .map(({ row, column, principal, owed }) => `  row ${row}, column ${column}: ${principal}, and ${owed} was owed`);
    const more = cells.length > most ? [`  and ${cells.length - most} more`] : [];
    const remedy =
      'check these cells with the servicer: whether they count cents, and whether both tapes are of the same loans; ' +
      'where the month raised a balance, state it as opening balance or adjustment';
    super(
      `${path}: principal is above anything owed by ${previous}, so nothing is reconciled\n${[...lines, ...more].join('\n')}\n${remedy}`,
    );
  }
}

/** More of a tape's balance than may be left out belongs to loans that cannot be projected. */
export class LoansLeftOut extends Error {
  override readonly name = 'LoansLeftOut';
  constructor(
    readonly path: string,
    what: string,
    /** Of the pool's balance. */
    readonly share: number,
    readonly loans: readonly string[],
  ) {
    const percent = Math.ceil(share * 10_000) / 100;
    super(
      `${path}: ${what}, cannot be projected: state what they lack in these cells, or leave them out by --leave-out ${percent}\n${loans.join('\n')}`,
    );
  }
}

/** Options that do not go together, or of which one is needed. */
export class OptionsDisagree extends Error {
  override readonly name = 'OptionsDisagree';
  constructor(readonly detail: string) {
    super(`${detail} (--help shows the options)`);
  }
}

/** Deals own classes of each other, so that none can be projected first. */
export class DealsInCircle extends Error {
  override readonly name = 'DealsInCircle';
  constructor(readonly documents: readonly string[]) {
    super(`these deals own classes of each other, so none can be projected first: ${documents.join(' → ')}`);
  }
}

/** A condition or a path of `weir solve` does not read. */
export class SolveInvalid extends Error {
  override readonly name = 'SolveInvalid';
  constructor(
    readonly text: string,
    readonly expected: string,
  ) {
    super(`"${text}" cannot be solved for: ${expected}`);
  }
}
