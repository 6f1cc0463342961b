import { expect, it, jest } from '@jest/globals';
import { type DustCode, settlementGas, VAULT_CODE, type VaultCode } from '@weir/waterfall';
import { factsOf } from './settlement-facts.js';
import { initialStateOf, monthsOf, settlingProgram, type Shape, SMALL } from './settling-program.js';
import { VaultLife } from './vault-life.js';

jest.setTimeout(600_000);

/**
 * What the first two months of a shape take beyond what the model says: nothing, while the table is that of the compiled vault.
 * The second finds dust in the classes named.
 */
async function beyond(change: Partial<Shape>, dusty = [0]): Promise<[number, number]> {
  const shape = { ...SMALL, ...change };
  const program = settlingProgram(shape);
  const vault = await VaultLife.open({ program, initialState: initialStateOf(shape) });
  const found: number[] = [];
  try {
    for (const { run, result } of monthsOf(shape, program)) {
      if (found.length === 2) break;
      const settlement = await vault.settle({
        inputs: run.inputs,
        deposit: run.deposit,
        resultHash: result.resultHash,
      });
      found.push(settlement.gasUsed - settlementGas(program, factsOf(program, run, result, settlement)));
      await vault.putDust(dusty);
    }
  } finally {
    await vault.stop();
  }
  return [found[0]!, found[1]!];
}

/**
 * How much each figure of the table is off, by months of shapes that differ in one count. The small shape has one row word,
 * input, account, class and payee and three words of accounts and state.
 */
async function corrections(): Promise<VaultCode> {
  const [small] = await beyond({});
  const first = async (change: Partial<Shape>): Promise<number> => (await beyond(change))[0] - small;

  const rowWord = await first({ row: 2 });
  const input = await first({ inputs: 2 });
  const words = { one: await first({ spare: 1 }), two: await first({ spare: 2 }), three: await first({ spare: 3 }) };
  const account = (await first({ accounts: 2 })) - words.one;

  // One payee more, two, three; and none.
  const [two, three, four] = [await first({ payees: 2 }), await first({ payees: 3 }), await first({ payees: 4 })];
  const owed = { one: four - three, two: four - three + two, three: four };
  const payees = -(await first({ payees: 0 })) - owed.one;

  // Classes that are paid nothing, one and two; one that is paid beside one that is not; two that are paid. A second
  // class's balance is a fourth word.
  const nonePaid = await first({ unpaid: 1 });
  const classOnly = (await first({ tranches: 2, unpaid: 2 })) - nonePaid - words.one;
  const onePaid = await first({ tranches: 2, unpaid: 1 });
  const classBooked = onePaid - classOnly - words.one;
  const classPaid = (await first({ tranches: 2 })) - onePaid;
  const payment = -nonePaid - classBooked - classPaid;
  const dust = await dustCorrections();

  const paging = await pagingCorrections(first, rowWord);
  const ofClass = { class: classOnly, payment, classBooked, classPaid, dust };
  const paid = [classOnly, payment, classBooked, classPaid];
  const parts = [rowWord, input, account, words.three, ...paid, payees, owed.one];
  const settlement = small - parts.reduce((sum, part) => sum + part, 0);
  return {
    ...{ settlement, rowWord, input, account, words, payees, owed },
    ...ofClass,
    ...paging,
  };
}

/**
 * What the second month takes beyond the first when it finds dust: in classes that are paid, in one that is not, and in the first
 * of two words. Word and class are told apart by five classes, of which the fifth has a word of its own.
 */
async function dustCorrections(): Promise<DustCode> {
  const found = async (change: Partial<Shape>, dusty: number[]): Promise<number> => {
    const [without, dust] = await beyond(change, dusty);
    return dust - without;
  };
  const one = await found({}, [0]);
  const oneOfTwo = await found({ tranches: 2 }, [0]);
  const class_ = oneOfTwo - one;
  const taken = (await found({ tranches: 2 }, [0, 1])) - oneOfTwo;
  const oneOfFive = await found({ tranches: 5 }, [0]);
  const word = oneOfFive - one - 4 * class_;
  const wordChanged = (await found({ tranches: 5 }, [0, 4])) - oneOfFive - taken;
  // The dust of an unpaid class stays; beside a paid one with dust there is an event, without it there is none.
  const both = await found({ tranches: 2, unpaid: 1 }, [0, 1]);
  const kept = both - oneOfTwo;
  const sought = (await found({ tranches: 2, unpaid: 1 }, [1])) - word - 2 * class_ - kept;
  return {
    sought,
    word,
    wordChanged,
    class: class_,
    taken,
    kept,
    event: one - sought - word - wordChanged - class_ - taken,
  };
}

type Paging = Pick<VaultCode, 'paged' | 'rowsAtAll' | 'rowsWithinPages' | 'toPageEnd' | 'withinPage'>;

/** Programs in pages: how often a run copies to the end of a page and how often from within one is said beside each. */
async function pagingCorrections(first: (change: Partial<Shape>) => Promise<number>, rowWord: number): Promise<Paging> {
  const of = async (change: Partial<Shape> & { row: number }): Promise<number> =>
    (await first(change)) - rowWord * (change.row - 1);
  const twoPages = await of({ constants: 900, row: 0 }); // 1 and 2
  const threePages = await of({ constants: 1_600, row: 0 }); // 2 and 2
  const largeRow = await of({ constants: 1, row: 1_600 }); // 1 and 3
  const noConstants = await of({ constants: 0, row: 1_600 }); // 1 and 2
  const smallRow = await of({ constants: 100, row: 60, rows: 30 }); // 0 and 3
  const toPageEnd = threePages - twoPages;
  const withinPage = largeRow - noConstants;
  const paged = twoPages - toPageEnd - 2 * withinPage;
  const rowsAtAll = largeRow - toPageEnd - 3 * withinPage - paged;
  return { paged, rowsAtAll, rowsWithinPages: smallRow - 3 * withinPage - paged - rowsAtAll, toPageEnd, withinPage };
}

/** Both tables' figures added, also those within. */
function sums<T extends object>(one: T, other: T): T {
  return Object.fromEntries(
    Object.entries(one).map(([name, value]: [string, unknown]) => {
      const by: unknown = other[name as keyof T];
      return [name, typeof value === 'number' ? value + Number(by) : sums(value as object, by as object)];
    }),
  ) as T;
}

it('the compiled vault takes the gas for its parts that the model counts', async () => {
  // What the memory beside the frame costs grows with the frame. When this is off, OTHER_MEMORY of settlement-gas.ts is, by
  // about one word for each 7 gas, and is to be set first; with many classes it is CALL_HEAD.
  const [small] = await beyond({});
  const [large] = await beyond({ scratch: 1_900 });
  const [many] = await beyond({ tranches: 30 });
  const [manyLarge] = await beyond({ tranches: 30, scratch: 1_700 });
  expect([large - small, manyLarge - many]).toEqual([0, 0]);
  expect(sums(await corrections(), VAULT_CODE)).toEqual(VAULT_CODE);
});
