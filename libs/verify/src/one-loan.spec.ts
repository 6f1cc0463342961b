import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '@weir/money';
import { verifyLoan, verifyPeriod } from './index.js';
import { OTHER_VAULT, publishedDeal, VAULT } from './published-deal.fixture.js';

const TEMPLATE = readFileSync(new URL('../../deal/templates/auto.yaml', import.meta.url), 'utf8');
const { rpc, files } = publishedDeal(TEMPLATE);

type Members = Record<string, unknown>;

const edited = (path: string, change: (value: Members) => void): Record<string, Uint8Array> => {
  const value = JSON.parse(new TextDecoder().decode(files[path])) as Members;
  change(value);
  return { ...files, [path]: new TextEncoder().encode(canonicalJson(value)) };
};

const ticksOf = (path: string, given = files, period = 1) => verifyLoan({ rpc, files: given, period, path });

describe('the proof of one loan', () => {
  it('is green for the loan that is pledged to the deal', async () => {
    const ticks = await ticksOf('given/1-4.json');
    expect(ticks.map(({ id, ok }) => [id, ok])).toEqual([
      ['loan', true],
      ['pledge', true],
    ]);
    expect(ticks[0]?.detail).toMatch(/^loan LOAN-4\|25000\|704 is one of 5 under root 0x/);
    expect(ticks[1]?.detail).toMatch(/is pledged to this deal as 0x/);
  });

  it('shows a loan of the tape that is pledged to another deal', async () => {
    const [loan, pledge] = await ticksOf('given/1-0.json');
    expect([loan?.ok, pledge?.ok]).toEqual([true, false]);
    expect(pledge?.detail).toBe(`loan LOAN-0|25000|700 is pledged to the vault ${OTHER_VAULT}, not to ${VAULT}`);
  });

  it('shows a loan with a balance that is pledged nowhere', async () => {
    const [loan, pledge] = await ticksOf('given/1-1.json');
    // A tenth of 181,553,515.71, as the fixture divides its totals.
    expect([loan?.ok, pledge?.ok]).toEqual([true, false]);
    expect(pledge?.detail).toBe('loan LOAN-1|25000|701, of which 18155351.57 is left, is pledged to no deal');
  });

  it('is red for the period of another tape', async () => {
    const [loan] = await ticksOf('given/1-4.json', files, 2);
    expect(loan?.detail).toMatch(/is not proven under the root 0x/);
  });

  it('is red when row, salt or members were changed, and says which', async () => {
    const path = 'given/1-4.json';
    const detail = async (change: (value: Members) => void) => (await ticksOf(path, edited(path, change)))[0]?.detail;
    expect(await detail((value) => (value.salt = `0x${'00'.repeat(32)}`))).toMatch(/loanKey, salt or leaf was changed/);
    expect(await detail((value) => (value.row = 7))).toBe('row of given/1-4.json is 7; leaf 4 is line 6');
    expect(await detail((value) => (value.note = 'hello'))).toMatch(/has note, which nothing can be checked against/);
    expect(await detail((value) => delete value.proof)).toMatch(/lacks proof/);
    const sums = (value: Members) => ((value.leaf as { sums: string[] }).sums[1] = '0');
    expect(await detail(sums)).toMatch(/is not proven under the root/);
  });

  it('says what is missing to look up a pledge', async () => {
    const path = 'given/1-4.json';
    const [, unsalted] = await ticksOf(
      path,
      edited(path, (value) => delete value.pledgeSalt),
    );
    expect(unsalted?.detail).toMatch(/has no pledgeSalt/);
    const [, unnamed] = await ticksOf(
      path,
      edited('manifest.json', (value) => delete value.pledges),
    );
    expect(unnamed?.detail).toMatch(/manifest.json.*names no registry of pledges/);
  });

  it('lets a loan be free that ended in the period or later, and not before', async () => {
    const [, first] = await ticksOf('given/1-2.json');
    expect(first).toMatchObject({ ok: true });
    expect(first?.detail).toMatch(
      /^loan LOAN-2\|25000\|702 was pledged to this deal as 0x\w+ until it ended in period 1$/,
    );
    expect((await ticksOf('given/2-2.json', files, 2))[1]).toMatchObject({ ok: false });
  });

  it('holds the pledge salt of the published proof against the pledges of the settled vault', async () => {
    const path = 'period-1/loan-proof.json';
    const salted = edited(path, (value) => (value.pledgeSalt = `0x${'5b'.repeat(32)}`));
    const ticks = await verifyPeriod({ rpc, files: salted, period: 1 });
    expect(ticks.map(({ ok }) => ok)).toEqual([true, true, false]);
    expect(ticks[2]?.detail).toMatch(/^pledgeSalt of period-1\/loan-proof.json is not that under which loan LOAN-4/);
  });
});
