import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publish } from '../../apps/stack/src/demo/account.js';
import { collect } from '../../apps/stack/src/demo/collect.js';
import { settle, untilFinal, untilPaymentDate } from '../../apps/stack/src/demo/pay.js';
import type { StructuredStage } from '../../apps/stack/src/demo/stage.js';
import { closedDeal } from './deals.js';
import { GREEN, verify, weir } from './evidence.js';
import { House } from './harness.js';

let house: House;
let published: string;

beforeAll(async () => {
  house = await House.open();
  const stage: StructuredStage = await closedDeal(house.scene);
  await collect(stage, 1, stage.tapeId);
  await untilPaymentDate(stage, 1);
  await settle(stage, 1);
  await untilFinal(stage, 1);
  published = house.outFolder('published');
  await publish(stage, 1, published);
}, 150_000);
afterAll(() => house?.close(), 60_000);

/** A copy of the published deal with one byte of one file changed. */
function tampered(file: string): string {
  const folder = house.outFolder(`tampered-${file.replaceAll('/', '-')}`);
  cpSync(published, folder, { recursive: true });
  const edited = readFileSync(path.join(folder, file));
  const middle = Math.floor(edited.length / 2);
  edited[middle] = (edited[middle] ?? 0) ^ 1;
  writeFileSync(path.join(folder, file), edited);
  return folder;
}

describe('weir verify, on the published files and the chain alone', () => {
  it('is green on what was published', async () => {
    expect(await verify(published, house.up.rpcUrl, 1)).toEqual({ code: 0, ticks: GREEN });
  });

  it.each([
    ['deal.yaml', 'inputs'],
    ['manifest.json', 'inputs'],
    ['period-1/servicer-report.json', 'inputs'],
    ['period-1/trace.json', 'inputs'],
    ['period-1/loans.csv', 'rows'],
    ['period-1/loan-proof.json', 'loan'],
  ])(
    'shows a changed byte of %s in tick %s and no other, and exits with 1',
    async (file, tick) => {
      const folder = tampered(file);
      const ticks = { ...GREEN, [tick]: false };
      expect(await verify(folder, house.up.rpcUrl, 1)).toEqual({ code: 1, ticks });
    },
    30_000,
  );

  it('finds a changed byte of the audit log, by its line', async () => {
    expect((await weir('audit', path.join(published, 'audit-log.jsonl'))).code).toBe(0);
    const edited = await weir('audit', path.join(tampered('audit-log.jsonl'), 'audit-log.jsonl'));
    expect(edited.code).toBe(1);
    expect(edited.stdout).toMatch(/audit-log\.jsonl:\d+: /);
  });

  it('finds that the last record of the audit log was cut off', async () => {
    const folder = tampered('audit-log.jsonl');
    const lines = readFileSync(path.join(published, 'audit-log.jsonl'), 'utf8').trimEnd().split('\n');
    const { count } = JSON.parse(readFileSync(path.join(published, 'audit-log.seal.json'), 'utf8')) as {
      count: number;
    };
    // The header and one record less than were sealed.
    writeFileSync(path.join(folder, 'audit-log.jsonl'), `${lines.slice(0, count).join('\n')}\n`);
    const cut = await weir('audit', path.join(folder, 'audit-log.jsonl'));
    expect(cut.code).toBe(1);
    expect(cut.stdout).toContain('its tail was cut off');
  });
});
