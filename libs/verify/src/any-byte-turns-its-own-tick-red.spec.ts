import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { verifyPeriod, type TickId } from './index.js';
import { publishedDeal } from './published-deal.fixture.js';

const TEMPLATE = readFileSync(new URL('../../deal/templates/auto.yaml', import.meta.url), 'utf8');
const { rpc, files } = publishedDeal(TEMPLATE);

const OWN: [string, TickId][] = [
  ['deal.yaml', 'inputs'],
  ['manifest.json', 'inputs'],
  ['period-1/servicer-report.json', 'inputs'],
  ['period-1/trace.json', 'inputs'],
  ['period-1/loans.csv', 'rows'],
  ['period-1/loan-proof.json', 'loan'],
];

async function redAfter(path: string, change: (bytes: Uint8Array) => Uint8Array): Promise<string[]> {
  const edited = { ...files, [path]: change(files[path] ?? new Uint8Array()) };
  const ticks = await verifyPeriod({ rpc, files: edited, period: 1 });
  return ticks.filter((tick) => !tick.ok).map((tick) => tick.id);
}

describe('the published files of a settled period', () => {
  it('prove it without a trace too, which says nothing that the run does not', async () => {
    const { 'period-1/trace.json': _, ...without } = files;
    const ticks = await verifyPeriod({ rpc, files: without, period: 1 });
    expect(ticks.every((tick) => tick.ok)).toBe(true);
  });

  it.each([1, 2])('prove period %i with three green ticks', async (period) => {
    const ticks = await verifyPeriod({ rpc, files, period });
    expect(ticks.map(({ id, ok, detail }) => [id, ok, ok ? '' : detail])).toEqual([
      ['inputs', true, ''],
      ['rows', true, ''],
      ['loan', true, ''],
    ]);
  });

  it.each(OWN)('%s: changing any byte turns tick %s red and no other', async (path, own) => {
    const length = files[path]?.length ?? 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
        const red = await redAfter(path, (bytes) => bytes.map((byte, i) => (i === at ? byte ^ mask : byte)));
        expect(red).toEqual([own]);
      }),
      { numRuns: 12 },
    );
  });

  it.each(OWN)('%s: flipping the case bit of any letter or digit turns tick %s red', async (path, own) => {
    const length = files[path]?.length ?? 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(length - 1), fc.constantFrom(0x20, 0x01, 0x02), async (at, mask) => {
        const red = await redAfter(path, (bytes) => bytes.map((byte, i) => (i === at ? byte ^ mask : byte)));
        expect(red).toEqual([own]);
      }),
      { numRuns: 12 },
    );
  });

  it.each(OWN)('%s: a byte more or less, or an empty file, turns tick %s red', async (path, own) => {
    expect(await redAfter(path, (bytes) => bytes.slice(0, -1))).toEqual([own]);
    expect(await redAfter(path, (bytes) => new Uint8Array([...bytes, 0x0a]))).toEqual([own]);
    expect(await redAfter(path, () => new Uint8Array())).toEqual([own]);
  });

  it.each(OWN.filter(([path]) => path !== 'period-1/trace.json'))(
    '%s: without it tick %s is red',
    async (path, own) => {
      const { [path]: _, ...without } = files;
      const ticks = await verifyPeriod({ rpc, files: without, period: 1 });
      expect(ticks.filter((tick) => !tick.ok).map((tick) => tick.id)).toEqual([own]);
    },
  );
});
