import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChainStateUnreadable } from '../errors.js';
import { ChainStateFile } from './state-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'weir-chain-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

// 0x5f3a0000 = 95·2^24 + 58·2^16 = 1,593,835,520 + 3,801,088 = 1,597,636,608
const whole = JSON.stringify({ block: { number: '0x2', timestamp: '0x5f3a0000' }, accounts: {} });
const half = whole.slice(0, -8);

describe('the stored chain', () => {
  it('tells the time of its last block', () => {
    const state = new ChainStateFile(folder);
    expect(state.prepare()).toBeNull();
    writeFileSync(state.live, whole);
    expect(state.prepare()).toBe(1_597_636_608);
  });

  it('falls back on the checkpoint when a kill cut it in half', () => {
    const state = new ChainStateFile(folder);
    writeFileSync(state.live, whole);
    expect(state.checkpoint()).toBe(true);
    writeFileSync(state.live, half);
    expect(state.checkpoint()).toBe(false);
    expect(state.prepare()).toBe(1_597_636_608);
    expect(readFileSync(state.live, 'utf8')).toBe(whole);
  });

  it('says so when there is no whole copy, and keeps what there is', () => {
    const state = new ChainStateFile(folder);
    writeFileSync(state.live, half);
    expect(() => state.prepare()).toThrow(ChainStateUnreadable);
    expect(readFileSync(state.live, 'utf8')).toBe(half);
  });

  it('begins anew on the empty file of a kill before the first write', () => {
    const state = new ChainStateFile(folder);
    writeFileSync(state.live, '');
    expect(state.prepare()).toBeNull();
  });
});
